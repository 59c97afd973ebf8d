import { loadsAtOnce } from '../support/clock.js';
import { transactionOfOp } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

test('requests in onMounted of the first route belong to the page load, which goes on from the server', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const { traceId, spanId, flag } = sentryTrace(await site.received('/api/home'));
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');

  expect({ traceId, flag }).toEqual({ traceId: TRACE, flag: '1' });
  expect(contexts.trace).toMatchObject({ trace_id: TRACE, parent_span_id: '1121201211212012' });
  expect(spans).toContainEqual(
    expect.objectContaining({
      span_id: spanId,
      parent_span_id: contexts.trace.span_id,
      description: 'GET /api/home',
    }),
  );
});

test('requests in onMounted of the routes behind a link belong to the new trace of the navigation', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  await page.click('a[href="/users/7/orders"]');
  const outer = await site.received('/api/users/7');
  const inner = await site.received('/api/users/7/orders');
  const { transaction, contexts, spans } = await transactionOfOp(collector, 'navigation');
  const { trace_id, span_id } = contexts.trace;

  expect(trace_id).not.toBe(TRACE);
  expect(transaction).toBe('/users/7/orders');
  for (const request of [outer, inner]) {
    const { traceId, spanId, flag } = sentryTrace(request);
    expect({ traceId, flag }).toEqual({ traceId: trace_id, flag: '1' });
    expect(baggage(request)).toMatchObject({ 'sentry-trace_id': trace_id });
    expect(spans).toContainEqual(
      expect.objectContaining({ span_id: spanId, parent_span_id: span_id }),
    );
  }
});

test('a route that appears within the one that stays has a trace of its own', async ({
  page,
  site,
}) => {
  await site.open(page, 'users/7');
  const outer = sentryTrace(await site.received('/api/users/7'));
  await page.click('a[href="/users/7/orders"]');
  const inner = sentryTrace(await site.received('/api/users/7/orders'));

  expect(outer.traceId).toBe(TRACE);
  expect(inner.traceId).not.toBe(TRACE);
});

// Behind a link, guards run before the router calls pushState: until then nothing on the page tells
// of the new route. The same application under @sentry/browser 10.63.0 sends the same.
test('a guard behind a link belongs to the route before', async ({ page, site }) => {
  await site.open(page);
  await page.click('a[href="/users/7"]');
  const guard = sentryTrace(await site.received('/api/guard/7'));
  const mounted = sentryTrace(await site.received('/api/users/7'));

  expect(guard.traceId).toBe(TRACE);
  expect(mounted.traceId).not.toBe(TRACE);
});

test('the back button starts a new trace, for the guard as well', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page, 'users/7');
  await site.received('/api/users/7');
  await page.click('a[href="/"]');
  const home = sentryTrace(await site.received('/api/home'));
  // What comes without a click while a navigation is young and open counts as its redirect.
  await transactionOfOp(collector, 'navigation');
  const before = [...site.seen];
  await page.goBack();
  const afterwards = (path: string) =>
    site.received((request) => request.path === path && !before.includes(request));
  const guard = sentryTrace(await afterwards('/api/guard/7'));
  const mounted = sentryTrace(await afterwards('/api/users/7'));

  expect([TRACE, home.traceId]).not.toContain(mounted.traceId);
  expect(guard.traceId).toBe(mounted.traceId);
});

test('a route that replaces itself in onMounted stays in the page load', async ({
  page,
  site,
  collector,
}) => {
  await loadsAtOnce(page);
  await site.open(page, 'start');
  const home = sentryTrace(await site.received('/api/home'));
  const { transaction, contexts, spans } = await transactionOfOp(collector, 'pageload');

  expect(home.traceId).toBe(TRACE);
  expect(transaction).toBe('/start');
  expect(spans).toContainEqual(
    expect.objectContaining({
      op: 'navigation.redirect',
      description: '/',
      parent_span_id: contexts.trace.span_id,
    }),
  );
});
