import { transactionsOf } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a route that goes through the Navigation API has a trace from its first request on', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const first = sentryTrace(await site.received('/api/first'));
  // A click, or it would count as a redirect.
  await page.click('html');
  await page.evaluate('navigation.navigate("/routed").finished');
  const routed = sentryTrace(await site.received('/api/routed'));
  await page.click('html');
  await page.goBack();
  const back = sentryTrace(await site.received('/api/back'));
  expect(new Set([first, routed, back].map(({ traceId }) => traceId)).size).toBe(3);

  const [, route, start] = await transactionsOf(collector, 3);
  expect(route).toMatchObject({
    transaction: '/routed',
    contexts: { trace: { op: 'navigation', trace_id: routed.traceId } },
    spans: [{ description: 'GET /api/routed' }],
  });
  expect(start).toMatchObject({
    transaction: '/',
    contexts: { trace: { op: 'navigation', trace_id: back.traceId } },
  });
});
