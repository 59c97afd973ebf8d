import { createServer, type AddressInfo } from 'node:net';

import { transactionOfOp, type SpanPayload } from '../support/envelope.js';
import { filesOf } from '../support/files.js';
import { sentryTrace } from '../support/headers.js';
import { listen, type Answer, type LocalServer } from '../support/server.js';
import { expect, test as base } from '../support/test.js';

const answers: Record<string, Answer> = {
  '/api/missing': { status: 404 },
  '/api/redirect': { status: 302, headers: { location: '/api/landed' } },
};

const test = base.extend<{ shop: LocalServer }>({
  shop: async ({ collector }, use) => {
    const dropping = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => dropping.listen(0, '127.0.0.1', listening));
    const { port } = dropping.address() as AddressInfo;
    const files = await filesOf(import.meta.dirname, {
      dsn: `${collector.origin.replace('//', '//public@')}/1`,
      dropped: `http://127.0.0.1:${port}/dropped`,
    });
    const server = await listen(({ path }) => files.get(path) ?? answers[path]);
    await use(server);
    await server.close();
    dropping.close();
  },
});

const ending = ({ description = '', status, data }: SpanPayload): unknown[] => [
  description.replace(/http:.*\//, ''),
  data['type'],
  status,
  data['http.response.status_code'],
];

test('each request is one span with the status that it ended with', async ({
  page,
  shop,
  collector,
}) => {
  await page.goto(shop.origin);
  const { spans } = await transactionOfOp(collector, 'pageload');

  expect(spans.map(ending)).toEqual([
    ['GET /api/plain', 'xhr', 'ok', 200],
    ['GET /api/synchronous', 'xhr', 'ok', 200],
    ['GET /api/missing', 'xhr', 'not_found', 404],
    ['GET /api/redirect', 'xhr', 'ok', 200],
    ['GET dropped', 'xhr', 'internal_error', 0],
    ['GET /api/aborted', 'xhr', 'internal_error', 0],
    ['GET /api/given-up', 'xhr', 'internal_error', 0],
    ['GET /api/instead', 'xhr', 'ok', 200],
    ['GET /api/polyfilled', 'fetch', 'ok', 200],
    ['GET /api/later', 'fetch', 'ok', 200],
  ]);
});

test('each carries one set of headers, those of its span', async ({ page, shop, collector }) => {
  await page.goto(shop.origin);
  const { spans } = await transactionOfOp(collector, 'pageload');
  const spanOf = (path: string): string | undefined =>
    spans.find(({ description }) => description === `GET ${path}`)?.span_id;

  const async = ['plain', 'missing', 'redirect', 'instead', 'polyfilled', 'later'];
  for (const name of ['synchronous', ...async]) {
    const path = `/api/${name}`;
    // Two texts in one header would be none to this.
    expect(sentryTrace(await shop.received(path)).spanId).toBe(spanOf(path));
    expect(shop.seen.filter((request) => request.path === path)).toHaveLength(1);
  }
  // The browser takes them along.
  expect(sentryTrace(await shop.received('/api/landed')).spanId).toBe(spanOf('/api/redirect'));
});
