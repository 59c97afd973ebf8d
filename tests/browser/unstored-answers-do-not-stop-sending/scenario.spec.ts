import { transactionOfOp } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

// The collector answers `no-store`. Chromium then counted each body that nobody read against the
// 64 KiB of keepalive, and every envelope after the first failed to be fetched.
test('large envelopes one after the other all arrive', async ({ page, site, collector }) => {
  await site.open(page);
  for (const op of ['first', 'second', 'third']) {
    const { transaction } = await transactionOfOp(collector, op);
    expect(transaction).toBe(op);
  }
});
