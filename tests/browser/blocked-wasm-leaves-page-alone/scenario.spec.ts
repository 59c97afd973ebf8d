import { expectNoTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

test.beforeEach(async ({ page, site }) => {
  site.fileHeaders['content-security-policy'] = "script-src 'self' 'unsafe-inline'";
  await site.open(page);
});

test('requests pass through, the page is as it was', async ({ site }) => {
  expectNoTrace(await site.received('/api/in-a-span'));
  expectNoTrace(await site.received('/api/by-xhr'));
  expect(await site.report()).toEqual({ untouched: true, data: {} });
});

test('with debug one warning says what to do', async ({ site }) => {
  await site.report();
  const ours = site.console.filter((line) => line.includes('[throughline]'));
  expect(ours).toHaveLength(1);
  expect(ours[0]).toMatch(/^warning: \[throughline\] WebAssembly could not be started/);
  expect(ours[0]).toContain("'wasm-unsafe-eval'");
});
