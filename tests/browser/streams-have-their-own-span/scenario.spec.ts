import { transactionsOf } from '../support/envelope.js';
import { listen } from '../support/server.js';
import { expect, test } from '../support/test.js';

test('a body that arrives piece by piece has a span until its last piece', async ({
  page,
  site,
  collector,
}) => {
  // The page releases the second piece a while after it has seen the first.
  async function* pieces(): AsyncGenerator<string> {
    yield 'data: 1\n\n';
    await service.received('/release');
    yield 'data: 2\n\n';
  }
  const service = await listen(({ path }) => ({
    headers: {
      'access-control-allow-origin': '*',
      'content-type': path === '/plain' ? 'application/json' : 'text/event-stream',
    },
    ...(path !== '/release' && { pieces: pieces() }),
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
    // The page waits 200 ms; clocks of browsers are coarse.
    expect(end - start).toBeGreaterThan(0.19);
  }
  await service.close();
});
