import { linesFor } from '../support/cors/readme.js';
import { servers } from '../support/cors/servers.js';
import { expect, test } from '../support/test.js';

for (const [name, start] of Object.entries(servers)) {
  test(`${name} with the lines of the README receives the trace of the page`, async ({
    page,
    site,
  }) => {
    const service = await start(linesFor(name, site.origin));
    try {
      await site.open(page, `#${service.origin}`);
      expect(await site.report()).toMatchObject({
        origin: site.origin,
        'sentry-trace': expect.stringMatching(/^12345678901234567890123456789012-[0-9a-f]{16}-1$/),
        baggage: 'sentry-trace_id=12345678901234567890123456789012,sentry-sample_rand=0.25',
      });
    } finally {
      await service.close();
    }
  });
}
