// Meta tags and Server-Timing at page load (propagation.md section 8.1), as explainTrace tells it.
import type { Page } from '@playwright/test';

import { sentryTrace } from '../support/headers.js';
import { expect, test, type Site } from '../support/test.js';

declare const Throughline: typeof import('../../../js/index.js');
declare const HEADER: string;
declare const meta: (content: string, parent: HTMLElement) => void;
declare const init: (options?: object) => void;

const TRACE = '12345678901234567890123456789012';
const OTHER = '4bf92f3577b34da6a3ce929d0e0e4736';

/** What explainTrace says, and which trace a request then carries. */
async function trace(page: Page, site: Site) {
  const told = await page.evaluate(() => Throughline.explainTrace()!);
  await page.evaluate(() => fetch('/api').then(() => undefined));
  const { traceId } = sentryTrace(await site.received('/api'));
  expect(traceId).toBe(told.traceId);
  return told;
}

test('a tag in the body counts', async ({ page, site }) => {
  await site.open(page);
  await page.evaluate(() => {
    meta(HEADER, document.body);
    init();
  });
  expect(await trace(page, site)).toMatchObject({
    traceId: TRACE,
    source: 'continued-meta',
    parentSpanId: '1121201211212012',
    sampled: true,
    decision: 'parent-decision',
  });
});

test('of two tags the first counts', async ({ page, site }) => {
  await site.open(page);
  await page.evaluate((other) => {
    meta(HEADER, document.head);
    meta(`${other}-00f067aa0ba902b7-1`, document.head);
    init();
  }, OTHER);
  expect((await trace(page, site)).traceId).toBe(TRACE);
});

test('an empty tag hides later ones', async ({ page, site }) => {
  await site.open(page);
  await page.evaluate(() => {
    meta('', document.head);
    meta(HEADER, document.head);
    init();
  });
  expect(await trace(page, site)).toMatchObject({
    source: 'fresh-trace',
    decision: 'traces-sample-rate',
  });
});

test('a tag that comes later has no effect', async ({ page, site }) => {
  await site.open(page);
  await page.evaluate(() => {
    init();
    meta(HEADER, document.head);
  });
  expect((await trace(page, site)).source).toBe('fresh-trace');
});

test('a malformed tag is told', async ({ page, site }) => {
  await site.open(page);
  await page.evaluate(() => {
    meta('nonsense', document.head);
    init();
  });
  expect((await trace(page, site)).source).toBe('malformed-header');
});

test('another organisation is told', async ({ page, site }) => {
  await site.open(page);
  await page.evaluate(() => {
    meta(HEADER, document.head);
    init({ orgId: '7', strictTraceContinuation: true });
  });
  expect((await trace(page, site)).source).toBe('other-organisation');
});

test('Server-Timing continues the trace where there is no tag', async ({ page, site }) => {
  site.fileHeaders['server-timing'] =
    `sentry-trace;desc="${TRACE}-1121201211212012-0", baggage;desc="sentry-release=up"`;
  await site.open(page);
  await page.evaluate(() => {
    init();
  });
  expect(await trace(page, site)).toMatchObject({
    traceId: TRACE,
    source: 'continued-server-timing',
    sampled: false,
    dsc: { release: 'up' },
  });
});

test('a traceparent continues the trace where the option says so', async ({ page, site }) => {
  site.fileHeaders['server-timing'] = `traceparent;desc="00-${OTHER}-00f067aa0ba902b7-01"`;
  await site.open(page);
  await page.evaluate(() => {
    init({ continueTraceparent: true });
  });
  expect(await trace(page, site)).toMatchObject({
    traceId: OTHER,
    source: 'continued-server-timing',
    parentSpanId: '00f067aa0ba902b7',
    sampled: true,
  });
});
