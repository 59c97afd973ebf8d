import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a sampler may start spans, navigate, read trace data and make requests', async ({
  page,
  site,
}) => {
  await site.open(page);
  const first = sentryTrace(await site.received('/api/first'));
  await site.received('/api/from-the-sampler');
  await page.click('button');
  const after = sentryTrace(await site.received('/api/after'));
  const calls = (await site.report()) as { name: string; attributes: object }[];

  expect(first.flag).toBe('1');
  expect(after.traceId).not.toBe(first.traceId);
  expect(calls[0]).toMatchObject({
    name: '/',
    attributes: { 'sentry.source': 'url' },
    parentSampled: true,
    parentSampleRate: 0.25,
  });
  expect(calls.map(({ name }) => name)).toContain('inner');
  expect(site.console.filter((line) => line.startsWith('uncaught'))).toEqual([]);
});

// Delta: the peer lets the exception out into pushState.
test('a sampler that throws leaves the navigation undisturbed', async ({ page, site }) => {
  await site.open(page);
  await page.click('button');
  const after = sentryTrace(await site.received('/api/after'));
  // No parent and no rate to fall back to: not sampled.
  expect(after.flag).toBe('0');
  expect(new URL(page.url()).pathname).toBe('/throws');
});
