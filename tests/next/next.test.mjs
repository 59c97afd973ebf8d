// Next.js 16 with both of its routers: an application that is built and started, requests by fetch
// and by Chromium, and what a collector received.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { chromium } from '@playwright/test';

import { findChromium, quietChromium } from '../../.ci/lib/chromium.mjs';
import { startCollector } from '../node/support/collector.mjs';
import { incoming, mirror, PARENT, serve } from '../node/support/servers.mjs';
import { build, start } from './support/application.mjs';

let collector;
let service;
let application;
let folder;

before(async () => {
  collector = await startCollector();
  service = await serve(mirror);
  const env = { TEST_DSN: collector.dsn, NEXT_PUBLIC_TEST_DSN: collector.dsn };
  folder = build(env);
  application = await start(folder, { ...env, TEST_SERVICE: service.url });
});

after(async () => {
  await application?.stop();
  service?.stop();
  collector?.stop();
});

const open = (path, headers = {}) =>
  fetch(`${application.url}${path}`, { headers, redirect: 'manual' });

/** The meta tags of a page, by name. */
async function tagsOf(response) {
  const html = await response.text();
  const tags = html.matchAll(/<meta name="(sentry-trace|baggage)" content="([^"]*)"/g);
  return Object.fromEntries([...tags].map(([, name, content]) => [name, content]));
}

let lastTrace = 0;
/** A trace that no other test has. */
const traceOfItsOwn = () => `${++lastTrace}`.padStart(32, 'c');

/** The transaction in that trace whose name is `name`. */
const transactionOf = async (trace, name) => {
  const { payload } = await collector.find(
    ({ type, payload }) =>
      type === 'transaction' &&
      payload.transaction === name &&
      payload.contexts.trace.trace_id === trace,
  );
  return payload;
};

for (const [router, path, name] of [
  ['App Router', '/users/7', 'GET /users/[id]'],
  ['Pages Router', '/old/3', 'GET /old/[id]'],
]) {
  test(`a page of the ${router} carries the trace of its request on`, async () => {
    const trace = traceOfItsOwn();
    const tags = await tagsOf(await open(path, incoming(trace)));
    const { contexts, transaction_info: info, sdk } = await transactionOf(trace, name);

    const { span_id: span, parent_span_id: parent, op, status, data } = contexts.trace;
    assert.equal(tags['sentry-trace'], `${trace}-${span}-1`);
    assert.equal(
      tags.baggage,
      `sentry-trace_id=${trace},sentry-sampled=true,sentry-sample_rand=0.25`,
    );
    assert.equal(parent, PARENT);
    assert.deepEqual([op, status, info.source], ['http.server', 'ok', 'route']);
    assert.equal(data['http.route'], name.slice('GET '.length));
    assert.equal(sdk.name, 'throughline.javascript.nextjs');
  });
}

test('a trace that begins on the server is continued by the page', async () => {
  const tags = await tagsOf(await open('/users/1'));
  const [trace, span, sampled] = tags['sentry-trace'].split('-');
  const { contexts } = await transactionOf(trace, 'GET /users/[id]');
  assert.equal(contexts.trace.span_id, span);
  assert.equal(contexts.trace.parent_span_id, undefined);
  assert.equal(sampled, '1');
  assert.match(tags.baggage, new RegExp(`sentry-trace_id=${trace}`));
});

test('parts of the rendering are spans of the request', async () => {
  const trace = traceOfItsOwn();
  await (await open('/users/7', incoming(trace))).text();
  const { spans, contexts } = await transactionOf(trace, 'GET /users/[id]');
  const names = spans.map(({ op, description }) => `${op ?? '-'} ${description}`);
  for (const expected of [
    '- render route (app) /users/[id]',
    'function.nextjs resolve root layout server component',
    'function.nextjs resolve page server component "/users/[id]"',
  ]) {
    assert.ok(names.includes(expected), `${expected} is not in:\n${names.join('\n')}`);
  }
  const known = new Set([contexts.trace.span_id, ...spans.map(({ span_id: id }) => id)]);
  assert.deepEqual(
    spans.filter(({ parent_span_id: parent }) => !known.has(parent)),
    [],
  );
});

test('a request behind a proxy is two transactions below the same caller', async () => {
  const trace = traceOfItsOwn();
  await (await open('/users/7', incoming(trace))).text();
  const proxy = await transactionOf(trace, 'middleware GET');
  const page = await transactionOf(trace, 'GET /users/[id]');
  assert.deepEqual(
    [proxy, page].map(({ contexts }) => contexts.trace.parent_span_id),
    [PARENT, PARENT],
  );
  assert.deepEqual(
    proxy.spans.map(({ op }) => op),
    ['http.server.middleware'],
  );
});

test('a route handler carries the trace on to the service that it asks', async () => {
  const trace = traceOfItsOwn();
  const { heard, trace: own } = await (await open('/api/hello', incoming(trace))).json();
  const { spans } = await transactionOf(trace, 'GET /api/hello');
  const requests = spans.filter(({ op }) => op === 'http.client');
  assert.equal(own, trace);
  assert.equal(requests.length, 1);
  assert.equal(heard['sentry-trace'], `${trace}-${requests[0].span_id}-1`);
});

test('the edge runtime continues the trace of its caller, and its requests carry it on', async () => {
  const trace = traceOfItsOwn();
  const { heard, later, runtime } = await (await open('/api/edge', incoming(trace))).json();
  assert.equal(runtime, 'string');
  assert.match(heard['sentry-trace'], new RegExp(`^${trace}-[0-9a-f]{16}-1$`));
  assert.equal(
    heard.baggage,
    `sentry-trace_id=${trace},sentry-sampled=true,sentry-sample_rand=0.25`,
  );
  assert.equal(later['sentry-trace'].split('-')[0], trace);
});

test('requests in the edge runtime that nobody traced are in traces of their own', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await open('/api/edge')).json()),
  );
  const traces = answers.map(({ heard, later }) =>
    [heard, later].map((headers) => headers['sentry-trace'].split('-')[0]),
  );
  for (const [first, second] of traces) assert.equal(first, second);
  assert.equal(new Set(traces.map(([trace]) => trace)).size, 20);
});

test('an API of the Pages Router is named by its route', async () => {
  const trace = traceOfItsOwn();
  await (await open('/api/old', incoming(trace))).text();
  const { contexts } = await transactionOf(trace, 'GET /api/old');
  assert.equal(contexts.trace.parent_span_id, PARENT);
});

test('a page that throws makes its transaction fail', async () => {
  const trace = traceOfItsOwn();
  const { status } = await open('/boom', incoming(trace));
  const { contexts } = await transactionOf(trace, 'GET /boom');
  assert.equal(status, 500);
  assert.equal(contexts.trace.status, 'internal_error');
});

test('a page that redirects is no failure, nor is any span of it', async () => {
  const trace = traceOfItsOwn();
  const { status } = await open('/away', incoming(trace));
  const { contexts, spans } = await transactionOf(trace, 'GET /away');
  assert.equal(status, 307);
  assert.equal(contexts.trace.status, 'ok');
  assert.deepEqual(
    spans.filter((span) => span.status !== undefined && span.status !== 'ok'),
    [],
  );
});

test('a page that is not there has no transaction', async () => {
  const trace = traceOfItsOwn();
  const { status } = await open('/none', incoming(trace));
  assert.equal(status, 404);
  const next = traceOfItsOwn();
  await (await open('/api/old', incoming(next))).text();
  await transactionOf(next, 'GET /api/old');
  assert.deepEqual(
    collector.received.filter(({ payload }) => payload.contexts?.trace?.trace_id === trace),
    [],
  );
});

/** Asks until the page was made anew. */
async function madeAnew(path, before) {
  for (let tries = 0; tries < 100; tries++) {
    const response = await open(path, incoming());
    const html = await response.clone().text();
    if (/at (?:<!-- -->)?(\d+)/.exec(html)?.[1] !== before) return response;
    await wait(100);
  }
  throw new Error(`${path} is never made anew`);
}

for (const [kind, path] of [
  ['is made anew after a while', '/fresh'],
  ['is one of the paths that were named', '/posts/first'],
  ['has a path that nobody named', '/posts/second'],
]) {
  test(`a page that visitors share carries no trace: one that ${kind}`, async () => {
    const first = await open(path, incoming());
    const html = await first.clone().text();
    assert.deepEqual(await tagsOf(first), {});
    const made = /at (?:<!-- -->)?(\d+)/.exec(html)[1];
    assert.deepEqual(await tagsOf(await madeAnew(path, made)), {});
  });
}

test('a page that was built carries no trace', async () => {
  assert.deepEqual(await tagsOf(await open('/', incoming())), {});
});

test('the tunnel hands envelopes on to the ingest of organisation, project and region', () => {
  const { rewrites } = JSON.parse(readFileSync(`${folder}/.next/routes-manifest.json`, 'utf8'));
  assert.deepEqual(
    rewrites.beforeFiles.map(({ source, destination }) => `${source} ${destination}`),
    [
      '/tunnel(/?) https://o:org.ingest.:region.sentry.io/api/:project/envelope/?hsts=0',
      '/tunnel(/?) https://o:org.ingest.sentry.io/api/:project/envelope/?hsts=0',
    ],
  );
});

test('Chromium: the page continues the trace, and a navigation begins one that the server continues', async () => {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: quietChromium,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${application.url}/users/7`);
    const content = await page.getAttribute('meta[name=sentry-trace]', 'content');
    const [trace, serverSpan] = content.split('-');
    const load = await transactionOf(trace, '/users/:id');
    assert.equal(load.contexts.trace.parent_span_id, serverSpan);
    assert.equal(load.contexts.trace.op, 'pageload');
    assert.equal(load.contexts.trace.origin, 'auto.pageload.nextjs.app_router_instrumentation');
    assert.equal(load.transaction_info.source, 'route');

    await page.click('text=user 8');
    await page.waitForSelector('text=User 8');
    const { payload: navigation } = await collector.find(
      ({ payload }) => payload.contexts?.trace?.op === 'navigation',
    );
    const { trace_id: next, data, origin } = navigation.contexts.trace;
    assert.notEqual(next, trace);
    assert.equal(navigation.transaction, '/users/:id');
    assert.equal(origin, 'auto.navigation.nextjs.app_router_instrumentation');
    assert.equal(data['navigation.type'], 'router.push');
    // The request for the data of the new page.
    const request = navigation.spans.find(({ op }) => op === 'http.client');
    const answered = await transactionOf(next, 'GET /users/[id]');
    assert.equal(answered.contexts.trace.parent_span_id, request.span_id);

    await page.goBack();
    const { payload: back } = await collector.find(
      ({ payload }) =>
        payload.contexts?.trace?.op === 'navigation' && payload.contexts.trace.trace_id !== next,
    );
    assert.equal(back.transaction, '/users/:id');
    assert.match(
      back.contexts.trace.data['navigation.type'],
      /^(router\.traverse|browser\.popstate)$/,
    );
  } finally {
    await browser.close();
  }
});
