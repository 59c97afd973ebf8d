import { transactionsOf } from '../support/envelope.js';
import { listen } from '../support/server.js';
import { expect, test } from '../support/test.js';

test('a body that arrives piece by piece has a span until its last piece', async ({
  page,
  site,
  collector,
}) => {
  const service = await listen(({ path }) => ({
    headers: {
      'access-control-allow-origin': '*',
      'content-type': path === '/plain' ? 'application/json' : 'text/event-stream',
    },
    pieces: ['data: 1\n\n', 'data: 2\n\n'],
  }));
  await site.open(page, `#${encodeURIComponent(service.origin)}`);
  expect(await site.report()).toEqual({ text: 'data: 1\n\ndata: 2\n\n' });

  const [load] = await transactionsOf(collector, 1);
  const streams = load!.spans.filter(({ op }) => op === 'http.client.stream');
  expect(streams.map(({ description }) => description).sort()).toEqual([
    `GET ${service.origin}/read`,
    `GET ${service.origin}/unread`,
  ]);
  for (const stream of streams) {
    const {
      data,
      start_timestamp: start,
      timestamp: end,
    } = stream as unknown as {
      data: object;
      start_timestamp: number;
      timestamp: number;
    };
    expect(data).toMatchObject({
      type: 'fetch',
      'http.method': 'GET',
      'sentry.origin': 'auto.http.browser.stream',
    });
    // Two pieces with a pause of 150 ms behind each.
    expect(end - start).toBeGreaterThan(0.2);
  }
  await service.close();
});
