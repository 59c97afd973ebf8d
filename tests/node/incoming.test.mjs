// Requests that come in: which trace they are in, and the span that a receiver gets of them.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { Writable } from 'node:stream';
import { after, before, describe, it } from 'node:test';

import * as Throughline from 'throughline/node';

import { startCollector } from './support/collector.mjs';
import { get, incoming, PARENT, serve, TRACE } from './support/servers.mjs';

let collector;
let app;
const { suppressTracing } = Throughline;
/** A request that is none of the application's. */
const call = (path, options) => suppressTracing(() => get(app.url + path, options));

before(async () => {
  collector = await startCollector();
  Throughline.init({ dsn: collector.dsn, tracesSampleRate: 1, release: 'r1' });
  app = await serve((request, response) => {
    if (request.url.startsWith('/missing')) response.statusCode = 404;
    if (request.url.startsWith('/broken')) response.statusCode = 500;
    if (request.url.startsWith('/slow')) {
      response.write('begun');
      return;
    }
    response.end(JSON.stringify(Throughline.getTraceData()));
  });
});

after(async () => {
  app.stop();
  await Throughline.close(2000);
  collector.stop();
});

describe('an incoming request', () => {
  it('continues the trace of its caller', async () => {
    await call('/continued', { headers: incoming() });
    const { payload, envelope } = await collector.transaction('GET /continued');
    assert.equal(payload.contexts.trace.trace_id, TRACE);
    assert.equal(payload.contexts.trace.parent_span_id, PARENT);
    assert.deepEqual(envelope.trace, { trace_id: TRACE, sampled: 'true', sample_rand: '0.25' });
  });

  it('is a span by the rules of servers', async () => {
    await call('/users/7?q=a%20b', { headers: { 'user-agent': 'tests' } });
    const { payload } = await collector.transaction('GET /users/7');
    const { data, op, origin, status } = payload.contexts.trace;
    assert.deepEqual(
      { op, origin, status },
      { op: 'http.server', origin: 'auto.http.server', status: 'ok' },
    );
    assert.equal(payload.platform, 'node');
    assert.deepEqual(payload.transaction_info, { source: 'url' });
    assert.deepEqual(data, {
      'sentry.op': 'http.server',
      'sentry.origin': 'auto.http.server',
      'sentry.source': 'url',
      'sentry.sample_rate': 1,
      'http.request.method': 'GET',
      'url.full': `${app.url}/users/7?q=a%20b`,
      'url.path': '/users/7',
      'url.query': 'q=a%20b',
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'server.port': app.port,
      'network.protocol.name': 'http',
      'network.protocol.version': '1.1',
      'network.transport': 'tcp',
      'user_agent.original': 'tests',
      'http.response.status_code': 200,
    });
  });

  it('is in a trace of its own where its caller tells of none', async () => {
    const [one, other] = await Promise.all([call('/own'), call('/own')]);
    const traceOf = ({ text }) => JSON.parse(text)['sentry-trace'].slice(0, 32);
    assert.notEqual(traceOf(one), traceOf(other));
  });

  it('is in a fresh trace where the header is malformed', async () => {
    const hostile = { 'sentry-trace': `${TRACE}-zz`, baggage: `sentry-trace_id=${TRACE}` };
    const { text } = await call('/hostile', { headers: hostile });
    const { baggage } = JSON.parse(text);
    assert.ok(!text.includes(TRACE));
    assert.match(baggage, /sentry-environment=production/);
  });

  it('takes a baggage of 1000 members', async () => {
    const members = Array.from({ length: 1000 }, (_, i) => `m${i}=1`).join();
    const headers = { ...incoming(), baggage: members };
    const { status, text } = await call('/members', { headers });
    assert.equal(status, 200);
    assert.match(JSON.parse(text)['sentry-trace'], new RegExp(`^${TRACE}-[0-9a-f]{16}-1$`));
  });

  it('ends with an error where the response tells of one', async () => {
    await call('/broken/a');
    const { payload } = await collector.transaction('GET /broken/a');
    assert.equal(payload.contexts.trace.status, 'internal_error');
    assert.equal(payload.contexts.trace.data['http.response.status_code'], 500);
  });

  it('ends when its caller is gone', async () => {
    await new Promise((resolve) => {
      const socket = net.connect(app.port, '127.0.0.1', () => {
        socket.write('GET /slow HTTP/1.1\r\nHost: shop.test\r\n\r\n');
      });
      socket.on('data', () => {
        socket.destroy();
        resolve();
      });
    });
    const { payload } = await collector.transaction('GET /slow');
    assert.equal(payload.contexts.trace.status, 'ok');
    assert.equal(payload.contexts.trace.data['server.address'], 'shop.test');
  });

  it('makes no transaction of status codes that are left out, and counts it', async () => {
    await call('/missing');
    await call('/after');
    await collector.transaction('GET /after');
    assert.ok(!collector.received.some(({ payload }) => payload.transaction === 'GET /missing'));
  });

  it('has no span for OPTIONS, HEAD and static files', async () => {
    await call('/unseen/options', { method: 'OPTIONS' });
    await call('/unseen/head', { method: 'HEAD' });
    await call('/unseen/image.png?x=1');
    await call('/after-static');
    await collector.transaction('GET /after-static');
    const names = collector.received.map(({ payload }) => payload.transaction);
    assert.deepEqual(
      names.filter((name) => name?.includes('/unseen')),
      [],
    );
  });

  it('carries its trace on to what a timer does after the response', async () => {
    const late = new Promise((resolve) => {
      app.server.once('request', (_request, response) => {
        response.on('close', () => setTimeout(() => resolve(Throughline.getTraceData()), 20));
      });
    });
    await call('/late', { headers: incoming() });
    assert.match((await late)['sentry-trace'], new RegExp(`^${TRACE}-[0-9a-f]{16}-1$`));
  });

  it('names what a timer starts after its trace was left', async () => {
    Throughline.continueTrace({ sentryTrace: `${TRACE}-${PARENT}-1` }, () => {
      setTimeout(() => Throughline.startInactiveSpan({ name: 'late root', op: 'late' }).end(), 20);
    });
    const { payload } = await collector.transaction('late root');
    assert.equal(payload.contexts.trace.trace_id, TRACE);
    assert.equal(payload.contexts.trace.op, 'late');
  });

  it('keeps to itself what is set in its scope', async () => {
    const tagged = await serve((request, response) => {
      Throughline.setTag('path', request.url);
      setTimeout(() => response.end(), 5);
    });
    const paths = Array.from({ length: 20 }, (_, i) => `/tag${i}`);
    await Promise.all(paths.map((path) => suppressTracing(() => get(tagged.url + path))));
    for (const path of paths) {
      const { payload } = await collector.transaction(`GET ${path}`);
      assert.deepEqual(payload.tags, { path });
    }
    tagged.stop();
  });

  it('runs all listeners of a request in its trace, however they were added', async () => {
    const seen = () => Throughline.getTraceData()['sentry-trace'].slice(0, 32);
    const ways = {
      on: (request, tell) => request.on('end', tell).resume(),
      once: (request, tell) => request.once('end', tell).resume(),
      addListener: (request, tell) => request.addListener('data', tell),
      prependListener: (request, tell) => request.prependListener('close', tell).resume(),
      prependOnceListener: (request, tell) => request.prependOnceListener('end', tell).resume(),
      pipe: (request, tell) =>
        request.pipe(
          new Writable({
            write(_part, _encoding, done) {
              tell();
              done();
            },
          }),
        ),
      outside: (request, tell) => setTimeout(() => request.on('end', tell).resume()),
    };
    const told = new Map();
    const listening = await serve((request, response) => {
      const way = request.url.slice(1);
      ways[way](request, () => told.set(way, seen()));
      request.on('close', () => response.end());
    });
    // One socket, so that a body comes where the request before it was.
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const traces = new Map(
      Object.keys(ways).map((way, i) => [way, String(i + 1).padStart(32, '0')]),
    );
    for (const [way, trace] of traces) {
      await suppressTracing(
        () =>
          new Promise((answered, failed) => {
            const headers = incoming(trace, 0);
            const options = { method: 'POST', agent, headers };
            const request = http.request(`${listening.url}/${way}`, options, (response) => {
              response.on('end', answered).resume();
            });
            request.on('error', failed).write('first');
            setTimeout(() => request.end('last'), 20);
          }),
      );
    }
    assert.deepEqual(told, traces);
    agent.destroy();
    listening.stop();
  });

  it('runs all listeners of a response in the trace of its request, whoever emits', async () => {
    const ways = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'];
    const told = [];
    const responses = [];
    const listening = await serve((request, response) => {
      const tell = () => told.push(Throughline.getTraceData()['sentry-trace'].slice(0, 32));
      response[request.url.slice(1)]('told', tell);
      responses.push(response);
      response.end();
    });
    const traces = ways.map((_, i) => String(i + 1).padStart(32, '0'));
    for (const [i, way] of ways.entries()) {
      await get(`${listening.url}/${way}`, { headers: incoming(traces[i], 0) });
      responses[i].emit('told');
    }
    assert.deepEqual(told, traces);
    listening.stop();
  });

  it('runs listeners in its trace that a class of the application adds while it is made', async () => {
    const told = [];
    const tell = () => told.push(Throughline.getTraceData()['sentry-trace'].slice(0, 32));
    class IncomingMessage extends http.IncomingMessage {
      constructor(...given) {
        super(...given);
        this.on('told', tell);
      }
    }
    class ServerResponse extends http.ServerResponse {
      constructor(...given) {
        super(...given);
        this.on('told', tell);
      }
    }
    const made = [];
    const server = http.createServer({ IncomingMessage, ServerResponse }, (request, response) => {
      made.push(request, response);
      response.end();
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const trace = '5'.repeat(32);
    await get(`http://127.0.0.1:${server.address().port}/`, { headers: incoming(trace, 0) });
    for (const each of made) each.emit('told');
    assert.deepEqual(told, [trace, trace]);
    server.close();
  });

  it('leaves a request and a response that nobody listens to as they are', async () => {
    const seen = [];
    const plain = await serve((request, response) => {
      seen.push(request, response);
      response.end();
    });
    await get(plain.url);
    assert.equal(seen[0].listenerCount('end'), 1, 'that Node listens itself');
    assert.deepEqual(
      seen.map((each) => Object.hasOwn(each, 'emit')),
      [false, false],
    );
    plain.stop();
  });

  it('stays out of the way of who emits a request without a request', async () => {
    const seen = [];
    const server = http.createServer((request, response) => {
      seen.push(request === undefined);
      response?.end();
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    await get(`http://127.0.0.1:${server.address().port}/`);
    assert.equal(server.emit('request'), true);
    assert.deepEqual(seen, [false, true]);
    server.close();
  });

  it('leaves listeners, return values and errors alone', async () => {
    const server = http.createServer();
    assert.equal(server.emit('request-like'), false);
    const plain = await serve((request, response) => {
      assert.equal(request.listenerCount('data'), 0);
      assert.equal(response.listenerCount('close'), 0);
      response.end('ok');
    });
    assert.equal((await get(plain.url)).text, 'ok');
    plain.stop();
  });
});

describe('200 requests at once', () => {
  it('do not mix their traces', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 20 });
    const service = await serve((_request, response) => {
      setTimeout(
        () => response.end(JSON.stringify(Throughline.getTraceData())),
        Math.random() * 20,
      );
    });
    const traces = Array.from({ length: 200 }, (_, i) => (i + 1).toString(16).padStart(32, '0'));
    const answers = await suppressTracing(() =>
      Promise.all(traces.map((trace) => get(service.url, { agent, headers: incoming(trace, 0) }))),
    );
    const answered = answers.map(({ text }) => JSON.parse(text)['sentry-trace'].slice(0, 32));
    assert.deepEqual(answered, traces);
    agent.destroy();
    service.stop();
  });
});
