import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a second copy of the script says so and does nothing', async ({ page, site }) => {
  await site.open(page);
  // Two copies at work would send two texts in one header.
  sentryTrace(await site.received('/api/first'));

  expect(await site.report()).toEqual({ untouched: true });
  expect(site.console).toEqual([
    'warning: [throughline] the script was loaded twice; the first copy stays',
  ]);
});
