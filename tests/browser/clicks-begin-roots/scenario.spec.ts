import { transactionsOf } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('what a click sets off is a root of its own, named as the route', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const [load] = await transactionsOf(collector, 1);
  await page.click('button');
  const { traceId, spanId } = sentryTrace(await site.received('/api/clicked'));
  const [, clicked] = await transactionsOf(collector, 2);
  expect(clicked).toMatchObject({
    transaction: '/',
    transaction_info: { source: 'url' },
    contexts: { trace: { op: 'ui.action.click', trace_id: traceId, status: 'ok' } },
    spans: [{ description: 'GET /api/clicked', span_id: spanId }],
  });
  // It belongs to the trace of the page.
  expect(traceId).toBe(load!.contexts.trace.trace_id);
});
