import { transactionOfOp } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a malformed sentry-trace starts a new trace, and its baggage does not count', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const request = await site.received('/api/first');
  const { traceId, flag } = sentryTrace(request);
  const { contexts } = await transactionOfOp(collector, 'pageload');

  expect(traceId).not.toMatch(/^123456789/);
  expect(flag).toBe('1');
  expect(baggage(request)['sentry-trace_id']).toBe(traceId);
  expect(baggage(request)['sentry-release']).toBeUndefined();
  expect(contexts.trace.trace_id).toBe(traceId);
  expect(contexts.trace.parent_span_id).toBeUndefined();
});
