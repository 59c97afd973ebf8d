import { parseEnvelope, transactionOfOp } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

test('the page load hangs below the span of the server', async ({ page, site, collector }) => {
  await site.open(page);
  const { transaction, contexts, ...rest } = await transactionOfOp(collector, 'pageload');

  expect(transaction).toBe('/');
  expect(contexts.trace).toMatchObject({
    trace_id: TRACE,
    parent_span_id: '1121201211212012',
    status: 'ok',
  });
  expect(rest).toMatchObject({
    type: 'transaction',
    platform: 'javascript',
    release: 'shop@1.2.3',
    environment: 'test',
    transaction_info: { source: 'url' },
    request: { url: `${site.origin}/` },
  });
});

test('the requests hang below the page load, under the ids that the server saw', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const lamps = sentryTrace(await site.received('/api/lamps'));
  const prices = sentryTrace(await site.received('/api/prices?currency=nok'));
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');
  const common = {
    trace_id: TRACE,
    parent_span_id: contexts.trace.span_id,
    op: 'http.client',
    status: 'ok',
  };

  expect(spans).toHaveLength(2);
  expect(spans).toMatchObject([
    { ...common, span_id: lamps.spanId, description: 'GET /api/lamps' },
    { ...common, span_id: prices.spanId, description: 'POST /api/prices' },
  ]);
});

test('the envelope goes to the endpoint of the DSN, with the sampling context of the server', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  await transactionOfOp(collector, 'pageload');
  const [request] = collector.seen;
  const { header } = parseEnvelope(request!.body);
  const url = new URL(request!.path, collector.origin);

  expect(url.pathname).toBe('/api/1/envelope/');
  expect(url.searchParams.get('sentry_key')).toBe('public');
  expect(header['trace']).toEqual({
    trace_id: TRACE,
    public_key: 'public',
    sample_rand: '0.25',
  });
});

test('sending is no request of the page: no span, no headers', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  await transactionOfOp(collector, 'pageload');
  expect(collector.seen.map(({ method }) => method)).toEqual(['POST']);
  expect(collector.seen[0]!.headers['sentry-trace']).toBeUndefined();
});
