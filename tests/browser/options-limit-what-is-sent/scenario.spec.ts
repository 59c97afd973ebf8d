import { parseEnvelope, transactionsOf } from '../support/envelope.js';
import type { Received } from '../support/server.js';
import { expect, test } from '../support/test.js';

const reportIn = ({ method, body }: Received): unknown =>
  method === 'POST' && body
    ? parseEnvelope(body).items.find(({ header }) => header.type === 'client_report')?.payload
    : undefined;

test('limits of the options hold, and what is beyond bufferSize is reported', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const [first, later] = await transactionsOf(collector, 2);
  expect(first).toMatchObject({
    transaction: 'first',
    contexts: { cart: { items: '[Array]', owner: '[Object]', more: '[MaxProperties ~]' } },
  });
  expect(later!.transaction).toBe('later');

  await expect(page).toHaveTitle('sent');
  await page.goto(`${site.origin}/elsewhere`);
  const report = reportIn(await collector.received((request) => !!reportIn(request)));
  expect(report).toMatchObject({
    discarded_events: [{ reason: 'queue_overflow', category: 'transaction', quantity: 2 }],
  });
});
