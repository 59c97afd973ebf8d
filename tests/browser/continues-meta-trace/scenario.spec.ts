import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('requests continue the trace that the server put into the meta tags', async ({
  page,
  site,
}) => {
  await site.open(page);
  const first = sentryTrace(await site.received('/api/first'));
  const second = sentryTrace(await site.received('/api/second'));

  // The server decided, so the page's own rate of 0 does not count.
  expect(first).toMatchObject({ traceId: '12345678901234567890123456789012', flag: '1' });
  expect(second).toMatchObject({ traceId: '12345678901234567890123456789012', flag: '1' });
  // Each request is a span of its own below the page load.
  expect(new Set([first.spanId, second.spanId, '1121201211212012']).size).toBe(3);
});

test("the server's sampling context goes on unchanged, other baggage stays behind", async ({
  page,
  site,
}) => {
  await site.open(page);
  const { headers } = await site.received('/api/first');
  expect(headers['baggage']).toBe(
    'sentry-trace_id=12345678901234567890123456789012,sentry-sampled=true,' +
      'sentry-sample_rand=0.5,sentry-release=shop%401',
  );
});
