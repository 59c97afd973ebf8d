import { loadsAtOnce } from '../support/clock.js';
import { transactionOfOp } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a change of URL right after the load belongs to the page load', async ({
  page,
  site,
  collector,
}) => {
  await loadsAtOnce(page);
  await site.open(page);
  const before = sentryTrace(await site.received('/api/before'));
  const after = sentryTrace(await site.received('/api/after'));
  const pageload = await transactionOfOp(collector, 'pageload');

  expect(after.traceId).toBe(before.traceId);
  expect(pageload.transaction).toBe('/');
  expect(pageload.spans.map(({ op, description }) => [op, description])).toContainEqual([
    'navigation.redirect',
    '/home',
  ]);
});
