import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a worker attaches by the text as it is written', async ({ page, site }) => {
  await site.open(page);
  const listed = sentryTrace(await site.received('/api/listed'));
  const xhr = sentryTrace(await site.received('/api/by-xhr'));
  expect(xhr.traceId).toBe(listed.traceId);
  expectNoTrace(await site.received('/unlisted'));
});

// propagation.md section 11, "not available" and "option unset".
test('without targets a worker attaches to paths only', async ({ page, site }) => {
  await site.open(page);
  sentryTrace(await site.received('/path'));
  expectNoTrace(await site.received('/absolute'));
  expect(await site.report()).toBe('same-origin');
});
