import { expectNoTrace, sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ page, site }) => {
  await site.open(page);
});

test('when the core fails, requests and navigation of the page succeed', async ({ site }) => {
  expect(await site.report()).toEqual({
    statuses: [200, 200, 200, 200],
    pathname: '/next',
    restored: true,
    spans: false,
    data: {},
  });
});

test('each request was made once, and without headers from the failure on', async ({ site }) => {
  await site.report();
  const paths = site.seen.map(({ path }) => path).filter((path) => path.startsWith('/api/'));
  expect(paths).toEqual(['/api/before', '/api/breaks', '/api/after', '/api/by-xhr']);

  sentryTrace(await site.received('/api/before'));
  expectNoTrace(await site.received('/api/breaks'));
  expectNoTrace(await site.received('/api/after'));
  expectNoTrace(await site.received('/api/by-xhr'));
});

test('with debug the console warns once, and the page gets no error', async ({ site }) => {
  await site.report();
  expect(site.console.filter((line) => !line.startsWith('log: [throughline]'))).toEqual([
    'warning: [throughline] the core failed and is off, requests pass through: ' +
      'RuntimeError: unreachable',
  ]);
});
