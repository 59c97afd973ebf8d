// Every signature of fetch (propagation.md section 12), by what the server received.
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';

const forms = ['url', 'request', 'request-and-init', 'pairs', 'map', 'frozen', 'reused'];

for (const form of forms) {
  test(`${form}: carries the trace beside the page's own headers`, async ({ page, site }) => {
    await site.open(page);
    const request = await site.received(`/api/${form}`);
    sentryTrace(request);
    expect(request.headers).toMatchObject({ 'x-own': 'kept' });
    expect(request.headers).not.toHaveProperty('x-lost');
  });
}

test('string alone, and null as init: carry the trace', async ({ page, site }) => {
  await site.open(page);
  sentryTrace(await site.received('/api/string'));
  sentryTrace(await site.received('/api/null'));
});

test('an init used twice carries a trace of its own each time', async ({ page, site }) => {
  await site.open(page);
  await site.report();
  const both = site.seen.filter(({ path }) => path === '/api/reused').map(sentryTrace);
  expect(both).toHaveLength(2);
  expect(both[0]!.spanId).not.toBe(both[1]!.spanId);
});

test('names in any case are the same names', async ({ page, site }) => {
  await site.open(page);
  const { headers } = await site.received('/api/upper');
  expect(headers['sentry-trace']).toBe('theirs');
  expect(headers['baggage']).toMatch(/^theirs=1,\s?sentry-/);
});

test('an empty value counts as absent', async ({ page, site }) => {
  await site.open(page);
  const request = await site.received('/api/empty');
  sentryTrace(request);
  expect(request.headers['baggage']).toMatch(/^sentry-/);
});

test('bodies arrive as they were', async ({ page, site }) => {
  await site.open(page);
  expect(await site.received('/api/body')).toMatchObject({ method: 'POST', body: 'the text' });
  const { body } = await site.received('/api/request-body');
  expect(body).toBe('of the request');
});

test("the page's objects are as they were, and errors are the browser's own", async ({
  page,
  site,
}) => {
  await site.open(page);
  expect(await site.report()).toEqual({
    reused: [['x-own', 'kept']],
    request: [['x-own', 'kept']],
    bodyUsed: true,
    streamed: 'TypeError',
    withoutDuplex: 'TypeError',
    bad: 'TypeError',
    abort: 'the reason',
  });
  expect(site.console.filter((line) => line.startsWith('uncaught'))).toEqual([]);
});
