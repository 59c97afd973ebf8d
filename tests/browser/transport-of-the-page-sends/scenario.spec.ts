import { parseEnvelope, transactionsOf } from '../support/envelope.js';
import type { Received } from '../support/server.js';
import { expect, test } from '../support/test.js';

const envelopeIn = ({ method, body }: Received) =>
  method === 'POST' && body ? parseEnvelope(body) : undefined;
const reportIn = (request: Received): unknown =>
  envelopeIn(request)?.items.find(({ header }) => header.type === 'client_report')?.payload;

test('envelopes come as the transport of the page sends them, and what it drops is reported', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const [wanted] = await transactionsOf(collector, 1);
  expect(wanted).toMatchObject({ transaction: 'wanted' });
  const request = await collector.received(({ method }) => method === 'POST');
  expect(envelopeIn(request)!.header).toMatchObject({ passed: true });

  await expect(page).toHaveTitle('sent');
  await page.evaluate(() =>
    (globalThis as unknown as { Throughline: { close(): Promise<boolean> } }).Throughline.close(),
  );
  const report = reportIn(await collector.received((received) => !!reportIn(received)));
  expect(report).toMatchObject({
    discarded_events: [{ reason: 'ratelimit_backoff', category: 'transaction', quantity: 1 }],
  });
});
