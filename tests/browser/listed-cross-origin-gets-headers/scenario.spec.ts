import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test('a listed origin receives the trace of the page', async ({ page, site, other }) => {
  await site.open(page);
  const own = sentryTrace(await site.received('/api/own'));
  const listed = sentryTrace(await other.received('/levels/1'));

  expect(listed.traceId).toBe(own.traceId);
  expect(listed.spanId).not.toBe(own.spanId);
  expect(await site.report()).toBe(200);
});

test('the browser asks the listed origin for our headers and nothing else', async ({
  page,
  site,
  other,
}) => {
  await site.open(page);
  const preflight = await other.received(({ method }) => method === 'OPTIONS');

  expect(preflight.path).toBe('/levels/1');
  expect(preflight.headers['access-control-request-headers']).toBe('baggage,sentry-trace');
});

test('what the list leaves out on that origin receives nothing', async ({ page, site, other }) => {
  await site.open(page);
  expectNoTrace(await other.received('/pictures/1'));
});
