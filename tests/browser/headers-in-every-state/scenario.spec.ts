// The table of propagation.md section 10: what a request carries, by the state it is made in,
// from what a server received.
import type { Page } from '@playwright/test';

import { transactionOfOp } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import { expect, test, type Site } from '../support/test.js';

declare const start: (options: Record<string, unknown>) => void;
declare const Throughline: typeof import('../../../js/index.js');

/** Opens the page and starts tracing with these options. */
async function started(page: Page, site: Site, options: Record<string, unknown>): Promise<void> {
  await site.open(page);
  await page.evaluate((given) => {
    start(given);
  }, options);
}

/** The trace headers of one request that is made now. */
async function requested(page: Page, site: Site, path: string) {
  await page.evaluate(async (url) => {
    await fetch(url);
  }, path);
  const request = await site.received(path);
  return { ...sentryTrace(request), members: baggage(request) };
}

test('recorded: trace, id of the request span, sampled; the context of its root', async ({
  page,
  site,
  collector,
}) => {
  await started(page, site, { tracesSampleRate: 1 });
  const sent = await requested(page, site, '/api');
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');

  expect(sent.flag).toBe('1');
  expect(sent.traceId).toBe(contexts.trace.trace_id);
  expect(spans.map(({ span_id }) => span_id)).toContain(sent.spanId);
  expect(sent.members).toMatchObject({
    'sentry-trace_id': sent.traceId,
    'sentry-release': 'shop@1',
    'sentry-sampled': 'true',
    'sentry-sample_rate': '1',
  });
});

test('root not sampled: not sampled, with an id per request', async ({ page, site }) => {
  await started(page, site, { tracesSampleRate: 0 });
  const first = await requested(page, site, '/api/1');
  const second = await requested(page, site, '/api/2');

  expect([first.flag, second.flag]).toEqual(['0', '0']);
  expect(second.traceId).toBe(first.traceId);
  expect(second.spanId).not.toBe(first.spanId);
  expect(first.members).toMatchObject({ 'sentry-sampled': 'false' });
});

test("no active span: the route's trace and decision, an id per request", async ({
  page,
  site,
  collector,
}) => {
  await started(page, site, { tracesSampleRate: 1, tracing: { idleTimeout: 50 } });
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');
  const first = await requested(page, site, '/api/1');
  const second = await requested(page, site, '/api/2');

  expect([first.flag, second.flag]).toEqual(['1', '1']);
  expect(first.traceId).toBe(contexts.trace.trace_id);
  expect(second.traceId).toBe(first.traceId);
  const ids = [contexts.trace, ...spans].map(({ span_id }) => span_id);
  expect(new Set([...ids, first.spanId, second.spanId]).size).toBe(ids.length + 2);
  expect(second.members).toEqual(first.members);
  expect(first.members).toMatchObject({ 'sentry-sampled': 'true' });
});

test('tracing off: undecided, one span id for the page, the reduced context', async ({
  page,
  site,
}) => {
  await started(page, site, {});
  const first = await requested(page, site, '/api/1');
  const second = await requested(page, site, '/api/2');

  expect(first.flag).toBeUndefined();
  expect([second.traceId, second.spanId]).toEqual([first.traceId, first.spanId]);
  expect(Object.keys(first.members).sort()).toEqual([
    'sentry-environment',
    'sentry-public_key',
    'sentry-release',
    'sentry-trace_id',
  ]);
});

test('tracing off: a navigation renews trace and span id', async ({ page, site }) => {
  await started(page, site, {});
  const before = await requested(page, site, '/api/1');
  await page.evaluate(() => {
    history.pushState(null, '', '/next');
  });
  const after = await requested(page, site, '/api/2');
  expect(after.traceId).not.toBe(before.traceId);
  expect(after.spanId).not.toBe(before.spanId);
});

// Delta: the peer sends a random trace id here.
test('no span wanted below an active one: trace, id and decision of that one', async ({
  page,
  site,
  collector,
}) => {
  await started(page, site, { tracesSampleRate: 1, tracing: { spans: false } });
  const sent = await requested(page, site, '/api');
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');
  expect(sent.traceId).toBe(contexts.trace.trace_id);
  expect(sent.spanId).toBe(contexts.trace.span_id);
  expect(sent.flag).toBe('1');
  expect(spans).toEqual([]);
});

test('no span wanted and none active: as without an active span', async ({
  page,
  site,
  collector,
}) => {
  await started(page, site, {
    tracesSampleRate: 1,
    tracing: { spans: false, idleTimeout: 50 },
  });
  const { contexts } = await transactionOfOp(collector, 'pageload');
  const first = await requested(page, site, '/api/1');
  const second = await requested(page, site, '/api/2');
  expect(first.traceId).toBe(contexts.trace.trace_id);
  expect(first.flag).toBe('1');
  expect(second.spanId).not.toBe(first.spanId);
});

test('inside suppressTracing: the trace, as not sampled', async ({ page, site }) => {
  await started(page, site, { tracesSampleRate: 1 });
  const before = await requested(page, site, '/api/1');
  await page.evaluate(() => Throughline.suppressTracing(() => fetch('/api/2')));
  const inside = sentryTrace(await site.received('/api/2'));
  const after = await requested(page, site, '/api/3');
  expect(inside).toMatchObject({ traceId: before.traceId, flag: '0' });
  expect(after).toMatchObject({ traceId: before.traceId, flag: '1' });
});

test('inside continueTrace: the incoming trace and its context', async ({ page, site }) => {
  await started(page, site, { tracesSampleRate: 1 });
  const before = await requested(page, site, '/api/1');
  await page.evaluate(() =>
    Throughline.continueTrace(
      {
        sentryTrace: '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1',
        baggage: 'sentry-release=up,third=party',
      },
      () => fetch('/api/2'),
    ),
  );
  const request = await site.received('/api/2');
  expect(sentryTrace(request)).toMatchObject({
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    flag: '1',
  });
  expect(baggage(request)).toMatchObject({ 'sentry-release': 'up' });
  expect(baggage(request)).not.toHaveProperty('third');
  expect((await requested(page, site, '/api/3')).traceId).toBe(before.traceId);
});

test('inside startNewTrace: another trace, undecided', async ({ page, site }) => {
  await started(page, site, { tracesSampleRate: 1 });
  const before = await requested(page, site, '/api/1');
  await page.evaluate(() => Throughline.startNewTrace(() => fetch('/api/2')));
  const inside = sentryTrace(await site.received('/api/2'));
  expect(inside.traceId).not.toBe(before.traceId);
  expect(inside.flag).toBeUndefined();
});

test('traceparent: the same ids as sentry-trace', async ({ page, site }) => {
  await started(page, site, { tracesSampleRate: 1, propagateTraceparent: true });
  await requested(page, site, '/api');
  const request = await site.received('/api');
  const { traceId, spanId } = sentryTrace(request);
  expect(request.headers['traceparent']).toBe(`00-${traceId}-${spanId}-01`);
});
