import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a fetch in the first inline script after the tag carries the trace', async ({
  page,
  site,
}) => {
  await site.open(page);
  const request = await site.received('/api/first');
  const { traceId, flag } = sentryTrace(request);

  expect(flag).toBe('1');
  expect(baggage(request)).toMatchObject({
    'sentry-trace_id': traceId,
    'sentry-public_key': 'public',
    'sentry-environment': 'production',
    'sentry-sampled': 'true',
    'sentry-sample_rate': '1',
  });
});
