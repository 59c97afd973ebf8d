import { dirname } from 'node:path';

import { test as base, type Page } from '@playwright/test';

import { filesOf } from './files.js';
import { listen, type LocalServer } from './server.js';

/** The page's own server: the scenario's folder, what was built, and `{}` for all else. */
export interface Site extends LocalServer {
  /** Sent with every file, such as a Content-Security-Policy. */
  readonly fileHeaders: Record<string, string>;
  /** What the page's console said so far, `type: text`, and its uncaught errors. */
  readonly console: readonly string[];
  /** Goes to the scenario's page; `rest` of its address: a hash, or the route of an application. */
  open(page: Page, rest?: string): Promise<void>;
  /** What the page told us by `navigator.sendBeacon('/report', json)`. */
  report(): Promise<unknown>;
}

interface Fixtures {
  /** Takes envelopes; pages know it as `{{dsn}}`. */
  collector: LocalServer;
  /** Another origin, which agrees to the headers of a trace; pages know it as `{{other}}`. */
  other: LocalServer;
  site: Site;
}

export const test = base.extend<Fixtures>({
  collector: async ({}, use) => {
    const server = await listen(() => ({
      headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-store' },
    }));
    await use(server);
    await server.close();
  },

  other: async ({}, use) => {
    const server = await listen(({ method, headers: { origin = '*' } }) => ({
      status: method === 'OPTIONS' ? 204 : 200,
      // As the README tells owners of services to configure them.
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'sentry-trace,baggage,traceparent,content-type',
      },
      body: method === 'OPTIONS' ? '' : '{}',
    }));
    await use(server);
    await server.close();
  },

  site: async ({ collector, other }, use, { file }) => {
    const files = await filesOf(dirname(file), {
      dsn: `${collector.origin.replace('//', '//public@')}/1`,
      other: other.origin,
    });
    const fileHeaders: Record<string, string> = {};
    const said: string[] = [];
    const isApplication = files.has('/app.js');
    const server = await listen(({ path, headers }) => {
      // An application finds its route itself: every address that is gone to is the same page.
      const toPage = isApplication && headers['sec-fetch-mode'] === 'navigate';
      const found = files.get(toPage ? '/' : path);
      return found && { ...found, headers: { ...found.headers, ...fileHeaders } };
    });
    await use({
      ...server,
      fileHeaders,
      console: said,
      open: async (page, rest = '') => {
        page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
        page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
        await page.goto(`${server.origin}/${rest}`);
      },
      report: async () => JSON.parse((await server.received('/report')).body) as unknown,
    });
    await server.close();
  },
});

export { expect } from '@playwright/test';
