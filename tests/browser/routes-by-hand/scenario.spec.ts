import { transactionOfOp, transactionsOf } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

test('a router names page load, navigation and redirect', async ({ page, site, collector }) => {
  await site.open(page, '#manual');
  const pageload = await transactionOfOp(collector, 'pageload');
  expect(pageload).toMatchObject({
    transaction: '/tabs/:tab',
    transaction_info: { source: 'route' },
    contexts: {
      trace: { origin: 'manual', data: { 'sentry.idle_span_finish_reason': 'cancelled' } },
    },
  });
  const navigation = await transactionOfOp(collector, 'navigation');
  expect(navigation).toMatchObject({
    transaction: '/users/:id',
    transaction_info: { source: 'route' },
    request: { url: new URL('/users/7', page.url()).href },
    spans: [{ op: 'navigation.redirect', description: '/users/:id/edit' }],
  });
  expect(navigation.contexts.trace.trace_id).not.toBe(pageload.contexts.trace.trace_id);
});

test('beforeStartSpan sees what the core makes of the URL', async ({ page, site }) => {
  await site.open(page);
  expect(await site.report()).toEqual([
    {
      name: '/',
      op: 'pageload',
      attributes: { 'sentry.source': 'url', 'sentry.origin': 'auto.pageload.browser' },
      startTime: expect.any(Number),
    },
  ]);
});

test('beforeStartSpan renames a route, whose name is custom then', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page, '#rename');
  const [transaction] = await transactionsOf(collector, 1);
  expect(transaction).toMatchObject({
    transaction: '/named',
    transaction_info: { source: 'custom' },
    contexts: { trace: { origin: 'auto.pageload.browser', data: { kept: 1 } } },
  });
});

test('reportPageLoaded ends the page load at once', async ({ page, site, collector }) => {
  await site.open(page, '#report');
  const [transaction] = await transactionsOf(collector, 1);
  expect(transaction!.contexts.trace.data).toMatchObject({
    'sentry.idle_span_finish_reason': 'reportPageLoaded',
  });
});
