import { transactionOfOp } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('pushState after a click starts a new trace', async ({ page, site }) => {
  await site.open(page);
  const before = sentryTrace(await site.received('/api/before'));
  await page.click('button');
  const request = await site.received('/api/after');
  const after = sentryTrace(request);

  expect(after.traceId).not.toBe(before.traceId);
  expect(baggage(request)).toMatchObject({ 'sentry-trace_id': after.traceId });
});

test('page load and navigation are transactions of their own', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const before = sentryTrace(await site.received('/api/before'));
  await page.click('button');
  const after = sentryTrace(await site.received('/api/after'));
  const pageload = await transactionOfOp(collector, 'pageload');
  const navigation = await transactionOfOp(collector, 'navigation');

  expect(pageload.contexts.trace.trace_id).toBe(before.traceId);
  expect(navigation.contexts.trace.trace_id).toBe(after.traceId);
  expect(navigation.transaction).toBe('/next');
  expect(navigation.contexts.trace.parent_span_id).toBeUndefined();
});
