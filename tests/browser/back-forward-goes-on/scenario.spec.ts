import { transactionsOf } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

// Playwright turns the cache off.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

test('a page that comes back from the cache goes on with its trace, then with a new one', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const first = sentryTrace(await site.received('/api/first'));
  // Left in the middle of its load, or after it: what it has is sent.
  await page.goto(`${site.origin}/api/elsewhere`);
  await page.goBack();
  const restored = sentryTrace(await site.received('/api/restored'));
  const onwards = sentryTrace(await site.received('/api/onwards'));
  expect(restored.traceId).toBe(first.traceId);
  expect(onwards.traceId).not.toBe(first.traceId);

  const [load, navigation] = await transactionsOf(collector, 2);
  expect(load).toMatchObject({ transaction: '/', contexts: { trace: { op: 'pageload' } } });
  expect(navigation).toMatchObject({
    transaction: '/onwards',
    contexts: { trace: { op: 'navigation', trace_id: onwards.traceId, status: 'ok' } },
  });
  expect(navigation!.spans.map(({ span_id }) => span_id)).toEqual([onwards.spanId]);
});
