import { transactionOfOp } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

// The application names its routes by the lines of the README.
test('navigation and requests in onMounted have the name of the route, with the routes around it', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  await page.click('a[href="/users/7/orders"]');
  const outer = await site.received('/api/users/7');
  const inner = await site.received('/api/users/7/orders');
  const { contexts, ...navigation } = await transactionOfOp(collector, 'navigation');
  const { trace_id } = contexts.trace;

  expect(trace_id).not.toBe(TRACE);
  expect(navigation).toMatchObject({
    transaction: '/users/:id/orders',
    transaction_info: { source: 'route' },
    request: { url: `${site.origin}/users/7/orders` },
  });
  for (const request of [outer, inner]) {
    expect(sentryTrace(request).traceId).toBe(trace_id);
    expect(baggage(request)).toMatchObject({
      'sentry-trace_id': trace_id,
      'sentry-transaction': '/users/:id/orders',
    });
  }
});

test('a guard behind a link belongs to the new route', async ({ page, site }) => {
  await site.open(page);
  await page.click('a[href="/users/7"]');
  const guard = sentryTrace(await site.received('/api/guard/7'));
  const mounted = sentryTrace(await site.received('/api/users/7'));

  expect(guard.traceId).not.toBe(TRACE);
  expect(guard.traceId).toBe(mounted.traceId);
});

test('the back button leads to a named route, too', async ({ page, site }) => {
  await site.open(page, 'users/7');
  await site.received('/api/users/7');
  await page.click('a[href="/"]');
  const home = sentryTrace(await site.received('/api/home'));
  const before = [...site.seen];
  await page.goBack();
  const request = await site.received(
    (request) => request.path === '/api/users/7' && !before.includes(request),
  );

  expect([TRACE, home.traceId]).not.toContain(sentryTrace(request).traceId);
  expect(baggage(request)).toMatchObject({ 'sentry-transaction': '/users/:id' });
});
