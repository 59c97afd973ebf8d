import { transactionOfOp } from '../support/envelope.js';
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test("a policy with 'wasm-unsafe-eval' but neither eval nor inline script is enough", async ({
  page,
  site,
  collector,
}) => {
  const policy = `default-src 'none'; img-src data:; connect-src 'self' ${collector.origin}`;
  site.fileHeaders['content-security-policy'] = `${policy}; script-src 'self' 'wasm-unsafe-eval'`;
  await site.open(page);
  const { traceId } = sentryTrace(await site.received('/api/first'));
  const { contexts } = await transactionOfOp(collector, 'pageload');

  expect(contexts.trace.trace_id).toBe(traceId);
  // A violation of the policy would be told here.
  expect(site.console).toEqual([]);
});
