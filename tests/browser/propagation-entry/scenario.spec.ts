import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

test('the propagation entry carries on the trace of the meta tags, and records nothing', async ({
  page,
  site,
  other,
  collector,
}) => {
  await site.open(page);
  const byFetch = await site.received('/api/fetch');
  const first = sentryTrace(byFetch);
  expect(first).toMatchObject({ traceId: TRACE, flag: '1' });
  expect(byFetch.headers['baggage']).toBe(`sentry-trace_id=${TRACE},sentry-sample_rand=0.5`);
  // One span id stands for the page on this route.
  expect(sentryTrace(await site.received('/api/xhr'))).toEqual(first);
  expectNoTrace(await other.received('/elsewhere'));

  const next = sentryTrace(await site.received('/api/next'));
  expect(next.traceId).not.toBe(TRACE);
  expect(next.spanId).not.toBe(first.spanId);
  expect(next.flag).toBeUndefined();

  await site.report();
  await page.close();
  expect(collector.seen).toEqual([]);
});
