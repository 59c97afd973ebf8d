import { errorOf, parseEnvelope, transactionOfOp } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

test('an error in the page load hangs below the span of the server', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const { header, event } = await errorOf(collector, 'in the page load');
  const { contexts } = await transactionOfOp(collector, 'pageload');

  expect(event.contexts.trace).toEqual({
    trace_id: TRACE,
    span_id: contexts.trace.span_id,
    parent_span_id: '1121201211212012',
  });
  expect(header).toMatchObject({
    event_id: event.event_id,
    sdk: { name: 'throughline.javascript.browser' },
    trace: { trace_id: TRACE, public_key: 'public', sample_rand: '0.25' },
  });
});

test('an error says what it is, where it was thrown, and what is known of the page', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const { event } = await errorOf(collector, 'in the page load');
  const [cause, error] = event.exception!.values;

  expect(event).toMatchObject({
    level: 'error',
    platform: 'javascript',
    transaction: '/',
    release: 'shop@1.2.3',
    environment: 'production',
    user: { id: '7' },
    request: { url: `${site.origin}/` },
  });
  expect(error).toMatchObject({
    type: 'TypeError',
    value: 'in the page load',
    mechanism: { type: 'generic', handled: true, exception_id: 0 },
  });
  expect(cause).toMatchObject({
    type: 'RangeError',
    value: 'no level 7',
    mechanism: { type: 'chained', source: 'cause', exception_id: 1, parent_id: 0 },
  });
  const frames = error!.stacktrace!.frames;
  expect(frames.at(-1)).toMatchObject({
    filename: `${site.origin}/`,
    function: 'findLevel',
    lineno: expect.any(Number),
    colno: expect.any(Number),
    in_app: true,
  });
});

test('an error in a span belongs to it', async ({ page, site, collector }) => {
  await site.open(page);
  const { event } = await errorOf(collector, 'AbortError: in a span');
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');
  const span = spans.find(({ description }) => description === 'look up levels')!;

  expect(event.contexts.trace).toEqual({
    trace_id: TRACE,
    span_id: span.span_id,
    parent_span_id: contexts.trace.span_id,
  });
  expect(event).toMatchObject({
    tags: { 'DOMException.code': '20' },
    exception: { values: [{ type: 'Error', mechanism: { type: 'generic', handled: true } }] },
  });
});

test('a message after a navigation belongs to its trace', async ({ page, site, collector }) => {
  await site.open(page);
  await page.click('button');
  const { header, event } = await errorOf(collector, 'after a navigation');
  const request = sentryTrace(await site.received('/api/next'));
  const { contexts } = await transactionOfOp(collector, 'navigation');

  expect(event).toMatchObject({ level: 'warning', transaction: '/next' });
  expect(event.contexts.trace).toEqual({
    trace_id: request.traceId,
    span_id: contexts.trace.span_id,
  });
  expect(request.traceId).not.toBe(TRACE);
  expect(header['trace']).toMatchObject({ trace_id: request.traceId, public_key: 'public' });
});

test('an error is sent once, and not what beforeSend drops nor what came before init', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  await page.click('button');
  const ids = (await site.report()) as Record<string, string>;
  const events = collector.seen
    .flatMap(({ body }) => (body ? parseEnvelope(body).items : []))
    .filter(({ header }) => header.type === 'event')
    .map(({ payload }) => payload as { event_id: string; message?: string });

  expect(events).toHaveLength(3);
  expect(events[0]!.event_id).toBe(ids['load']);
  expect(events.map(({ message }) => message)).toEqual([
    undefined,
    'AbortError: in a span',
    'after a navigation',
  ]);
  expect(ids['early']).toMatch(/^[0-9a-f]{32}$/);
});
