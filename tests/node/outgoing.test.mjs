// Requests that a server makes: headers as the other side got them, spans as a receiver did.
import assert from 'node:assert/strict';
import http, { request as imported } from 'node:http';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';

import * as Throughline from 'throughline/node';

import { startCollector } from './support/collector.mjs';
import { get, mirror, serve, textOf } from './support/servers.mjs';

let collector;
let other;
const { startSpan } = Throughline;

before(async () => {
  collector = await startCollector();
  Throughline.init({ dsn: collector.dsn, tracesSampleRate: 1, release: 'r1' });
  other = await serve(mirror);
});

after(async () => {
  other.stop();
  await Throughline.close(2000);
  collector.stop();
});

/** Ways of making a request; each answers the headers that arrived. */
const ways = {
  'http.get': () =>
    new Promise((resolve, reject) => {
      http.get(other.url, (response) => textOf(response).then(resolve)).on('error', reject);
    }),
  'http.request': () => get(other.url).then(({ text }) => text),
  'request that was imported before': () =>
    new Promise((resolve) => {
      imported(other.url, (response) => textOf(response).then(resolve)).end();
    }),
  'new http.ClientRequest': () =>
    new Promise((resolve) => {
      const request = new http.ClientRequest(other.url);
      request.on('response', (response) => textOf(response).then(resolve));
      request.end();
    }),
  'write, then end': () =>
    new Promise((resolve) => {
      const request = http.request(other.url, { method: 'POST' }, (response) =>
        textOf(response).then(resolve),
      );
      request.write('a');
      request.end('b');
    }),
  'an agent of its own': () =>
    get(other.url, { agent: new http.Agent({ keepAlive: false }) }).then(({ text }) => text),
  'agent: false': () => get(other.url, { agent: false }).then(({ text }) => text),
  'a connection of its own': () =>
    get(other.url, { createConnection: () => net.connect(other.port, '127.0.0.1') }).then(
      ({ text }) => text,
    ),
  fetch: () => fetch(other.url).then((response) => response.text()),
};

for (const [name, send] of Object.entries(ways)) {
  describe(name, () => {
    it('carries the trace, with the id of its own span', async () => {
      const sent = await startSpan({ name: `by ${name}` }, async (span) => ({
        trace: span.spanContext().traceId,
        headers: JSON.parse(await send()),
      }));
      const { payload } = await collector.transaction(`by ${name}`);
      assert.equal(payload.spans.length, 1);
      const [child] = payload.spans;
      assert.equal(sent.headers['sentry-trace'], `${sent.trace}-${child.span_id}-1`);
      assert.match(sent.headers.baggage, /sentry-release=r1/);
      assert.equal(child.op, 'http.client');
      assert.match(child.description, /^(GET|POST) http:\/\/127\.0\.0\.1:\d+\/$/);
      assert.equal(child.data['http.response.status_code'], 200);
      assert.equal(child.status, 'ok');
    });
  });
}

describe('headers that the application set', () => {
  const setHeaders = {
    http: (headers) => get(other.url, { headers }).then(({ text }) => JSON.parse(text)),
    fetch: (headers) => fetch(other.url, { headers }).then((response) => response.json()),
  };
  for (const [name, send] of Object.entries(setHeaders)) {
    it(`${name}: baggage of others stays, ours follows`, async () => {
      const { baggage } = await startSpan({ name: 'root' }, () =>
        send({ baggage: 'a=%7e;p=1, sentry-release=old,b=2' }),
      );
      assert.match(baggage, /^a=%7e;p=1,b=2,sentry-environment=production,sentry-release=r1,/);
    });

    it(`${name}: with sentry-trace nothing is added`, async () => {
      const headers = await startSpan({ name: 'root' }, () => send({ 'sentry-trace': 'by hand' }));
      assert.equal(headers['sentry-trace'], 'by hand');
      assert.equal(headers.baggage, undefined);
    });
  }
});

describe('a request', () => {
  it('without an active span carries the trace of where it is', async () => {
    const [headers, here] = await Throughline.startNewTrace(async () => {
      const { text } = await get(other.url);
      return [JSON.parse(text), Throughline.getTraceData()];
    });
    const traceOf = (texts) => texts['sentry-trace'].slice(0, 32);
    assert.equal(traceOf(headers), traceOf(here));
  });

  it('inside suppressTracing carries nothing, also after an await', async () => {
    const headers = await Throughline.suppressTracing(async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      return (await fetch(other.url)).json();
    });
    assert.equal(headers['sentry-trace'], undefined);
    assert.equal(headers.baggage, undefined);
  });

  it('that is refused ends its span with an error', async () => {
    const closed = await serve(mirror);
    closed.stop();
    await startSpan({ name: 'refused' }, async () => {
      await assert.rejects(get(closed.url), { code: 'ECONNREFUSED' });
      await assert.rejects(fetch(closed.url), TypeError);
    });
    const { payload } = await collector.transaction('refused');
    assert.deepEqual(
      payload.spans.map(({ status }) => status),
      ['internal_error', 'internal_error'],
    );
  });

  it('by fetch that is aborted is cancelled', async () => {
    const slow = await serve((_request, response) => response.write('begun'));
    await startSpan({ name: 'aborted' }, async () => {
      const controller = new AbortController();
      const response = await fetch(slow.url, { signal: controller.signal });
      controller.abort();
      await assert.rejects(response.text(), { name: 'AbortError' });
    });
    const { payload } = await collector.transaction('aborted');
    assert.equal(payload.spans[0].status, 'cancelled');
    slow.stop();
  });

  it('that nobody wants the response of frees its socket', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const unwanted = http.request(other.url, { agent });
    unwanted.end();
    await new Promise((resolve) => {
      unwanted.on('close', resolve);
    });
    const { status } = await get(other.url, { agent });
    assert.equal(status, 200);
    agent.destroy();
  });

  it('of a redirect by fetch is one span for each hop', async () => {
    const hops = await serve((request, response) => {
      if (request.url === '/from') response.writeHead(302, { location: '/to' });
      response.end();
    });
    await startSpan({ name: 'hops' }, () =>
      fetch(`${hops.url}/from`).then((response) => response.text()),
    );
    const { payload } = await collector.transaction('hops');
    assert.deepEqual(
      payload.spans.map(({ data }) => [data['url.path'], data['http.response.status_code']]),
      [
        ['/from', 302],
        ['/to', 200],
      ],
    );
    hops.stop();
  });
});
