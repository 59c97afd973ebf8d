import { transactionOfOp } from '../support/envelope.js';
import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

test('the npm entry as a module script carries on the trace of the meta tag', async ({
  page,
  site,
  other,
}) => {
  await site.open(page);
  expect(sentryTrace(await site.received('/api/first')).traceId).toBe(TRACE);
  expect(sentryTrace(await other.received('/levels/7')).traceId).toBe(TRACE);
  expectNoTrace(await other.received('/levels/none'));
});

test('a span around a request stands beside it in the page load', async ({
  page,
  site,
  other,
  collector,
}) => {
  await site.open(page);
  const { spanId } = sentryTrace(await other.received('/levels/7'));
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');
  const root = contexts.trace.span_id;

  // By default all spans of a page hang below its root.
  expect(spans).toContainEqual(
    expect.objectContaining({
      op: 'function',
      description: 'look up levels',
      parent_span_id: root,
    }),
  );
  expect(spans).toContainEqual(
    expect.objectContaining({ op: 'http.client', span_id: spanId, parent_span_id: root }),
  );
});
