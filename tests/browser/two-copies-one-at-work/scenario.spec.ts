import { transactionOfOp } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

for (const copies of ['tag,npm', 'npm,npm', 'npm,older', 'npm,propagation']) {
  test(`of ${copies} the second says that it stays off, and does`, async ({
    page,
    site,
    collector,
  }) => {
    await site.open(page, `#${copies}`);
    // Two copies at work would send two texts in one header.
    const ids = [
      sentryTrace(await site.received('/api/fetch')).spanId,
      sentryTrace(await site.received('/api/xhr')).spanId,
    ];
    const { spans } = await transactionOfOp(collector, 'pageload');
    const requests = spans.filter(({ op }) => op === 'http.client');

    expect(requests.map(({ span_id }) => span_id)).toEqual(ids);
    expect(site.console).toEqual([
      expect.stringMatching(
        /^warning: \[throughline\] version \S+ runs here already; this copy \(\S+\) stays off$/,
      ),
    ]);
  });
}
