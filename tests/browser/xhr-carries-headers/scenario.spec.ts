import { transactionOfOp } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a request by XMLHttpRequest carries the trace', async ({ page, site }) => {
  await site.open(page);
  const request = await site.received('/api/plain');
  expect(baggage(request)).toMatchObject({ 'sentry-trace_id': sentryTrace(request).traceId });
});

test("our baggage follows the page's own", async ({ page, site }) => {
  await site.open(page);
  const request = await site.received('/api/with-baggage');
  const { traceId } = sentryTrace(request);

  expect(request.headers['baggage']).toMatch(/^theirs=1, sentry-/);
  expect(request.headers['baggage']).toContain(`sentry-trace_id=${traceId}`);
});

test('a sentry-trace the page set itself stops all of ours', async ({ page, site }) => {
  await site.open(page);
  const { headers } = await site.received('/api/with-trace');
  expect(headers['sentry-trace']).toBe('set-by-the-page');
  expect(headers['baggage']).toBeUndefined();
});

test('the request is a span of the page load', async ({ page, site, collector }) => {
  await site.open(page);
  const { spanId } = sentryTrace(await site.received('/api/plain'));
  const { spans } = await transactionOfOp(collector, 'pageload');
  const span = spans.find(({ span_id }) => span_id === spanId);

  expect(span).toMatchObject({ op: 'http.client', description: 'GET /api/plain', status: 'ok' });
  expect(span?.data).toMatchObject({ type: 'xhr', 'http.response.status_code': 200 });
});
