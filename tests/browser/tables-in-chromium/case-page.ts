// A page for one case of a table: at the address that the tables name, answered by the test itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { bundleOf } from '../support/bundle.js';
import { parseEnvelope, type Transaction } from '../support/envelope.js';
import { baggage } from '../support/headers.js';
import type { Received } from '../support/server.js';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = 'https://app.example.com/start';

export interface Markup {
  head?: string;
  body?: string;
  /** Of the response. */
  headers?: Record<string, string>;
}

/** What left the page. */
export interface Left {
  requests: Record<string, string>[];
  envelopes: string[];
}

export interface Case<Given, Out> {
  id: string;
  group?: string;
  in: Given;
  out: Out;
}

/** All cases of a table. */
export async function casesOf(kind: string): Promise<Case<unknown, unknown>[]> {
  const text = await readFile(join(ROOT, `tests/cases/${kind}.json`), 'utf8');
  return (JSON.parse(text) as { cases: Case<unknown, unknown>[] }).cases;
}

/** Opens it, with the built script, or the entry that streams, and a runner of cases. */
export async function openCase(
  page: Page,
  runner: string,
  { head = '', body = '', headers = {} }: Markup,
  streams = false,
): Promise<Left> {
  const left: Left = { requests: [], envelopes: [] };
  await page.unrouteAll();
  await page.route(PAGE, (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', ...headers },
      body: `<!doctype html><head>${head}</head><body>${body}</body>`,
    }),
  );
  await page.route(/\/api\?/, async (route) => {
    left.requests.push(await route.request().allHeaders());
    await route.fulfill({ body: '{}' });
  });
  await page.route(/\/envelope\//, async (route) => {
    left.envelopes.push(route.request().postDataBuffer()?.toString() ?? '');
    await route.fulfill({ headers: { 'access-control-allow-origin': '*' }, body: '{}' });
  });
  await page.goto(PAGE);
  if (streams) {
    const content = await bundleOf(join(import.meta.dirname, 'streaming.js'));
    await page.addScriptTag({ type: 'module', content });
    await page.waitForFunction(() => 'Throughline' in globalThis);
  } else {
    await page.addScriptTag({
      content: await readFile(join(ROOT, 'dist/throughline.min.js'), 'utf8'),
    });
  }
  for (const name of ['random.js', runner]) {
    const content = await readFile(join(import.meta.dirname, name), 'utf8');
    await page.addScriptTag({ content });
  }
  return left;
}

export function transactionsIn(envelopes: string[]): Transaction[] {
  return envelopes
    .flatMap((text) => parseEnvelope(text).items)
    .filter(({ header }) => header.type === 'transaction')
    .map(({ payload }) => payload as Transaction);
}

/** Headers as the helpers of other scenarios read them. */
export const received = (path: string, headers: Record<string, string>): Received => ({
  path,
  method: '',
  body: '',
  headers,
});

/** The context that headers carry, in the words of the tables; nothing: `null`. */
export function contextOf(headers: Record<string, string>): Record<string, string> | null {
  const members = Object.entries(baggage(received('', headers)))
    .filter(([key]) => key.startsWith('sentry-'))
    .map(([key, value]) => [key.slice('sentry-'.length), value]);
  return members.length > 0 ? (Object.fromEntries(members) as Record<string, string>) : null;
}

/** Random numbers compare with a tolerance. */
export function rounded(context: Record<string, string> | null): Record<string, string> | null {
  const rand = context?.['sample_rand'];
  if (rand === undefined) return context;
  return { ...context, sample_rand: (Math.round(Number(rand) * 1e5) / 1e5).toString() };
}
