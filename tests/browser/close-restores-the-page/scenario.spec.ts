import { transactionOfOp } from '../support/envelope.js';
import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('close puts every patched member back as it was, and no listener stays', async ({
  page,
  site,
}) => {
  await site.open(page);
  expect(await site.report()).toEqual({
    patched: ['fetch', 'pushState', 'replaceState', 'open', 'send', 'setRequestHeader'],
    listened: [
      'visibilitychange',
      'error',
      'unhandledrejection',
      'click',
      'keydown',
      'readystatechange',
      'popstate',
      'currententrychange',
    ],
    leftPatched: [],
    leftListening: [],
  });
});

test('after close requests carry nothing', async ({ page, site }) => {
  await site.open(page);
  sentryTrace(await site.received('/api/before'));
  expectNoTrace(await site.received('/api/after'));
});

test('close sends what was recorded', async ({ page, site, collector }) => {
  await site.open(page);
  const { spanId } = sentryTrace(await site.received('/api/before'));
  const { spans } = await transactionOfOp(collector, 'pageload');
  expect(spans.map(({ span_id }) => span_id)).toContain(spanId);
});
