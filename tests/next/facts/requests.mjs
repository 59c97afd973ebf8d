// What holds for requests by fetch: transactions of the server, and tags of its pages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { incoming, PARENT } from '../../node/support/servers.mjs';

/** The meta tags of a page, by name. */
async function tagsOf(response) {
  const html = await response.text();
  const tags = html.matchAll(/<meta name="(sentry-trace|baggage)" content="([^"]*)"/g);
  return Object.fromEntries([...tags].map(([, name, content]) => [name, content]));
}

let lastTrace = 0;
/** A trace that no other test has. */
const traceOfItsOwn = () => `${++lastTrace}`.padStart(32, 'c');

/** Asks until the page was made anew. */
async function madeAnew(here, path, before) {
  for (let tries = 0; tries < 100; tries++) {
    const response = await here.open(path, incoming());
    const html = await response.clone().text();
    if (/at (?:<!-- -->)?(\d+)/.exec(html)?.[1] !== before) return response;
    await wait(100);
  }
  throw new Error(`${path} is never made anew`);
}

/**
 * @param it as `test` of Node's runner
 * @param here the application that runs, once the tests do (running.mjs)
 */
export function requests(it, here) {
  for (const [router, path, name] of [
    ['App Router', '/users/7', 'GET /users/[id]'],
    ['Pages Router', '/old/3', 'GET /old/[id]'],
  ]) {
    it(`a page of the ${router} carries the trace of its request on`, async () => {
      const trace = traceOfItsOwn();
      const tags = await tagsOf(await here.open(path, incoming(trace)));
      const { contexts, transaction_info: info, sdk } = await here.transactionOf(trace, name);

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

  it('a trace that begins on the server is continued by the page', async () => {
    const tags = await tagsOf(await here.open('/users/1'));
    const [trace, span, sampled] = tags['sentry-trace'].split('-');
    const { contexts } = await here.transactionOf(trace, 'GET /users/[id]');
    assert.equal(contexts.trace.span_id, span);
    assert.equal(contexts.trace.parent_span_id, undefined);
    assert.equal(sampled, '1');
    assert.match(tags.baggage, new RegExp(`sentry-trace_id=${trace}`));
  });

  it('parts of the rendering are spans of the request', async () => {
    const trace = traceOfItsOwn();
    await (await here.open('/users/7', incoming(trace))).text();
    const { spans, contexts } = await here.transactionOf(trace, 'GET /users/[id]');
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

  it('a request behind a proxy is two transactions below the same caller', async () => {
    const trace = traceOfItsOwn();
    await (await here.open('/users/7', incoming(trace))).text();
    const proxy = await here.transactionOf(trace, 'middleware GET');
    const page = await here.transactionOf(trace, 'GET /users/[id]');
    assert.deepEqual(
      [proxy, page].map(({ contexts }) => contexts.trace.parent_span_id),
      [PARENT, PARENT],
    );
    // The middleware of Next 15 runs in the edge runtime, which has no spans.
    const inside = here.major === 15 ? [] : ['http.server.middleware'];
    assert.deepEqual(
      proxy.spans.map(({ op }) => op),
      inside,
    );
  });

  it('a route handler carries the trace on to the service that it asks', async () => {
    const trace = traceOfItsOwn();
    const { heard, trace: own } = await (await here.open('/api/hello', incoming(trace))).json();
    const { spans } = await here.transactionOf(trace, 'GET /api/hello');
    const requests = spans.filter(({ op }) => op === 'http.client');
    assert.equal(own, trace);
    assert.equal(requests.length, 1);
    assert.equal(heard['sentry-trace'], `${trace}-${requests[0].span_id}-1`);
  });

  it('the edge runtime continues the trace of its caller, and its requests carry it on', async () => {
    const trace = traceOfItsOwn();
    const { heard, later, runtime } = await (await here.open('/api/edge', incoming(trace))).json();
    assert.equal(runtime, 'string');
    assert.match(heard['sentry-trace'], new RegExp(`^${trace}-[0-9a-f]{16}-1$`));
    assert.equal(
      heard.baggage,
      `sentry-trace_id=${trace},sentry-sampled=true,sentry-sample_rand=0.25`,
    );
    assert.equal(later['sentry-trace'].split('-')[0], trace);
  });

  it('requests in the edge runtime that nobody traced are in traces of their own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await here.open('/api/edge')).json()),
    );
    const traces = answers.map(({ heard, later }) =>
      [heard, later].map((headers) => headers['sentry-trace'].split('-')[0]),
    );
    for (const [first, second] of traces) assert.equal(first, second);
    assert.equal(new Set(traces.map(([trace]) => trace)).size, 20);
  });

  it('an API of the Pages Router is named by its route', async () => {
    const trace = traceOfItsOwn();
    await (await here.open('/api/old', incoming(trace))).text();
    const { contexts } = await here.transactionOf(trace, 'GET /api/old');
    assert.equal(contexts.trace.parent_span_id, PARENT);
  });

  it('a page that throws makes its transaction fail', async () => {
    const trace = traceOfItsOwn();
    const { status } = await here.open('/boom', incoming(trace));
    const { contexts } = await here.transactionOf(trace, 'GET /boom');
    assert.equal(status, 500);
    assert.equal(contexts.trace.status, 'internal_error');
  });

  // By `onRequestError` alone: the answer began well.
  it('a page that throws once a part of it is sent makes its transaction fail', async () => {
    const trace = traceOfItsOwn();
    const response = await here.open('/late', incoming(trace));
    await response.text();
    const { contexts } = await here.transactionOf(trace, 'GET /late');
    assert.equal(response.status, 200);
    assert.equal(contexts.trace.status, 'internal_error');
  });

  // It used to be the text of the error.
  it('what a part of the rendering threw is an internal error', async () => {
    const trace = traceOfItsOwn();
    await (await here.open('/boom', incoming(trace))).text();
    const { spans } = await here.transactionOf(trace, 'GET /boom');
    const failed = spans.filter(({ status }) => status !== undefined);
    assert.deepEqual(
      failed.map(({ description, status }) => `${description}: ${status}`),
      ['render route (app) /boom: internal_error'],
    );
  });

  it('a page that redirects is no failure, nor is any span of it', async () => {
    const trace = traceOfItsOwn();
    const { status } = await here.open('/away', incoming(trace));
    const { contexts, spans } = await here.transactionOf(trace, 'GET /away');
    assert.equal(status, 307);
    assert.equal(contexts.trace.status, 'ok');
    assert.deepEqual(
      spans.filter((span) => span.status !== undefined && span.status !== 'ok'),
      [],
    );
  });

  it('a page that is not there has no transaction', async () => {
    const trace = traceOfItsOwn();
    const { status } = await here.open('/none', incoming(trace));
    assert.equal(status, 404);
    const next = traceOfItsOwn();
    await (await here.open('/api/old', incoming(next))).text();
    await here.transactionOf(next, 'GET /api/old');
    assert.deepEqual(
      here.collector.received.filter(({ payload }) => payload.contexts?.trace?.trace_id === trace),
      [],
    );
  });

  for (const [kind, path] of [
    ['is made anew after a while', '/fresh'],
    ['is one of the paths that were named', '/posts/first'],
    ['has a path that nobody named', '/posts/second'],
  ]) {
    it(`a page that visitors share carries no trace: one that ${kind}`, async () => {
      const first = await here.open(path, incoming());
      const html = await first.clone().text();
      assert.deepEqual(await tagsOf(first), {});
      const made = /at (?:<!-- -->)?(\d+)/.exec(html)[1];
      assert.deepEqual(await tagsOf(await madeAnew(here, path, made)), {});
    });
  }

  it('a page that was built carries no trace', async () => {
    assert.deepEqual(await tagsOf(await here.open('/', incoming())), {});
  });

  it('the tunnel hands envelopes on to the ingest of organisation, project and region', () => {
    const { rewrites } = JSON.parse(readFileSync(`${here.dist}/routes-manifest.json`, 'utf8'));
    assert.deepEqual(
      rewrites.beforeFiles.map(({ source, destination }) => `${source} ${destination}`),
      [
        '/tunnel(/?) https://o:org.ingest.:region.sentry.io/api/:project/envelope/?hsts=0',
        '/tunnel(/?) https://o:org.ingest.sentry.io/api/:project/envelope/?hsts=0',
      ],
    );
  });

  it('an envelope goes through the tunnel to its region, and makes no transaction', async () => {
    const trace = traceOfItsOwn();
    await fetch(`${here.url}/tunnel?o=1&p=2&r=de`, {
      method: 'POST',
      headers: incoming(trace),
      body: `{}\n{"type":"session"}\n{"sid":"${trace}"}`,
    });
    const { headers, url } = await here.collector.find(({ payload }) => payload.sid === trace);
    assert.equal(headers.host, 'o1.ingest.de.sentry.io');
    assert.equal(url.split('?')[0], '/api/2/envelope/');
    const next = traceOfItsOwn();
    await (await here.open('/api/old', incoming(next))).text();
    await here.transactionOf(next, 'GET /api/old');
    assert.deepEqual(
      here.collector.received.filter(({ payload }) => payload.contexts?.trace?.trace_id === trace),
      [],
    );
  });
}
