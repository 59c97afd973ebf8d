import { linesFor, withoutOurHeaders } from '../support/cors/readme.js';
import { servers } from '../support/cors/servers.js';
import { expect, test } from '../support/test.js';

for (const [name, start] of Object.entries(servers)) {
  test(`${name} without our headers in its lines: the page's own error, and debug names the line`, async ({
    page,
    site,
  }) => {
    const service = await start(withoutOurHeaders(linesFor(name, site.origin)));
    try {
      await site.open(page, `#${service.origin}`);
      expect(await site.report()).toEqual({ message: 'Failed to fetch', untouched: true });

      const blocked =
        /^error: Access to fetch .* not allowed by Access-Control-Allow-Headers in preflight/;
      const { origin } = service;
      // Which of the two the console gets first is the browser's affair.
      await expect
        .poll(() => site.console)
        .toEqual(
          expect.arrayContaining([
            expect.stringMatching(blocked),
            `warning: [throughline] headers go to ${origin}: its answer to the preflight needs "Access-Control-Allow-Headers: sentry-trace, baggage"`,
          ]),
        );
    } finally {
      await service.close();
    }
  });
}
