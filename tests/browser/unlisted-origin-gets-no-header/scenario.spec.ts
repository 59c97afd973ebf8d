import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('another origin that nobody listed receives no header of ours', async ({
  page,
  site,
  other,
}) => {
  await site.open(page);
  sentryTrace(await site.received('/api/own'));
  expectNoTrace(await other.received('/fetched'));
  expectNoTrace(await other.received('/by-xhr'));
  // A preflight would be our doing as well.
  expect(other.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
});
