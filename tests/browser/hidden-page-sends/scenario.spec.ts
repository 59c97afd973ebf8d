import { transactionOfOp } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a page that is left sends what it has before it is gone', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const { traceId } = sentryTrace(await site.received('/api/first'));
  await page.goto(`${site.origin}/elsewhere`);
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');

  expect(contexts.trace).toMatchObject({ trace_id: traceId, status: 'cancelled' });
  expect(contexts.trace.data).toMatchObject({ 'sentry.cancellation_reason': 'document.hidden' });
  expect(spans.find(({ description }) => description === 'still open')?.status).toBe('cancelled');
});
