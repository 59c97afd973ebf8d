import { transactionsOf } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

for (const [hash, status] of [
  ['#throws', 'internal_error'],
  ['#rejects', 'internal_error'],
  ['', 'ok'],
] as const) {
  test(`a page load with ${hash || 'an image that is none'} is ${status}`, async ({
    page,
    site,
    collector,
  }) => {
    await site.open(page, hash);
    const [load] = await transactionsOf(collector, 1);
    expect(load!.contexts.trace.status).toBe(status);
    // The error is still the page's own.
    expect(site.console.filter((line) => line.startsWith('uncaught')).length).toBe(hash ? 1 : 0);
  });
}
