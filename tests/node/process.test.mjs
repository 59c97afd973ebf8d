// Processes of their own: what the environment says, how they end, and the two module systems.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';

import { startCollector } from './support/collector.mjs';
import { run } from './support/run.mjs';
import { PARENT, TRACE } from './support/servers.mjs';

let collector;

before(async () => {
  collector = await startCollector();
});

after(() => {
  collector.stop();
});

const start = `
  const { close, flush, init, getTraceData, startSpan } = await import('throughline/node');
`;

describe('a process', () => {
  it('sends what is due before it ends, and ends by itself', async () => {
    await run(`${start}
      init({ dsn: '${collector.dsn}', tracesSampleRate: 1 });
      startSpan({ name: 'short-lived' }, () => undefined);
    `);
    const { headers, url } = await collector.transaction('short-lived');
    assert.equal(headers['content-type'], 'application/x-sentry-envelope');
    assert.match(url, /^\/api\/1\/envelope\/\?/);
  });

  it('sends streamed spans that are not due yet before it ends', async () => {
    await run(`${start}
      init({ dsn: '${collector.dsn}', tracesSampleRate: 1, traceLifecycle: 'stream' });
      startSpan({ name: 'short stream' }, () => undefined);
    `);
    const { payload } = await collector.find(({ type }) => type === 'span');
    assert.deepEqual(
      payload.items.map(({ name }) => name),
      ['short stream'],
    );
  });

  it('drops what is beyond bufferSize, and says how much', async () => {
    await run(`${start}
      const transportOptions = { bufferSize: 2 };
      init({ dsn: '${collector.dsn}', tracesSampleRate: 1, transportOptions });
      for (let i = 0; i < 5; i++) startSpan({ name: 'burst' + i }, () => undefined);
      await flush();
      startSpan({ name: 'burst later' }, () => undefined);
    `);
    await collector.transaction('burst later');
    const { payload } = await collector.find(
      (item) =>
        item.type === 'client_report' &&
        item.payload.discarded_events.some(({ reason }) => reason === 'queue_overflow'),
    );
    assert.deepEqual(payload.discarded_events, [
      { reason: 'queue_overflow', category: 'transaction', quantity: 3 },
    ]);
    const names = collector.received.map((item) => item.payload.transaction);
    assert.deepEqual(
      names.filter((name) => name?.startsWith('burst')),
      ['burst0', 'burst1', 'burst later'],
    );
  });

  it('says that a bufferSize of another kind does not count', async () => {
    const printed = await run(`${start}
      init({ dsn: '${collector.dsn}', debug: true, transportOptions: { bufferSize: 'many' } });
      await close();
    `);
    assert.match(
      printed,
      /transportOptions\.bufferSize: expected a number from 0, got "many"; as if/,
    );
  });

  it('has every method back once it was closed, and nothing of ours shows on a request', async () => {
    const printed = await run(`
      import http from 'node:http';
      const { init, close } = await import('throughline/node');
      const kinds = [http.IncomingMessage.prototype, http.ServerResponse.prototype];
      const names = ['emit', 'on', 'addListener', 'prependListener'];
      const own = () => kinds.flatMap((kind) => names.filter((name) => Object.hasOwn(kind, name))).length;
      const keys = (object) => Reflect.ownKeys(object).map(String);
      const ask = async () => {
        const server = http.createServer((request, response) => {
          response.end(JSON.stringify([...keys(request), ...keys(response)].sort()));
        });
        await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
        const answer = await fetch('http://127.0.0.1:' + server.address().port);
        const text = await answer.text();
        server.close();
        return text;
      };
      const bare = await ask();
      init({ tracesSampleRate: 0 });
      const traced = await ask();
      const patched = own();
      await close();
      console.log(traced === bare, patched, own());
    `);
    assert.equal(printed, 'true 7 0');
  });

  it('compresses what is large', async () => {
    await run(`${start}
      init({ dsn: '${collector.dsn}', tracesSampleRate: 1 });
      startSpan({ name: 'large', attributes: { text: 'x'.repeat(40000) } }, () => undefined);
    `);
    const { headers, payload } = await collector.transaction('large');
    assert.equal(headers['content-encoding'], 'gzip');
    assert.equal(payload.contexts.trace.data.text.length, 40000);
  });

  it('sends with the headers of transportOptions, on a connection that is kept', async () => {
    const seen = [];
    const server = createServer((request, response) => {
      request.resume();
      seen.push([request.headers['x-app'], request.headers.connection, request.socket.remotePort]);
      response.end('{}');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await run(`${start}
        const { port } = new URL('http://127.0.0.1:${server.address().port}');
        init({
          dsn: 'http://public@127.0.0.1:' + port + '/1',
          tracesSampleRate: 1,
          transportOptions: { headers: { 'x-app': 'shop' }, keepAlive: true },
        });
        startSpan({ name: 'one' }, () => undefined);
        await flush();
        startSpan({ name: 'two', attributes: { text: 'x'.repeat(40000) } }, () => undefined);
        await close();
      `);
    } finally {
      server.close();
    }
    assert.equal(seen.length, 2);
    const [first, second] = seen;
    assert.deepEqual(first.slice(0, 2), ['shop', 'keep-alive']);
    assert.deepEqual(second, first);
  });

  it('reports what was left out before it ends', async () => {
    await run(`${start}
      init({ dsn: '${collector.dsn}', tracesSampleRate: 0 });
      startSpan({ name: 'unsampled' }, () => undefined);
    `);
    const isIt = ({ type, payload: { discarded_events: events } }) =>
      type === 'client_report' && events.some(({ reason }) => reason === 'sample_rate');
    const { payload } = await collector.find(isIt);
    assert.deepEqual(payload.discarded_events, [
      { reason: 'sample_rate', category: 'transaction', quantity: 1 },
    ]);
  });

  it('takes options from the environment', async () => {
    await run(
      `${start}
      init();
      startSpan({ name: 'by environment' }, () => undefined);
    `,
      {
        SENTRY_DSN: collector.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
        SENTRY_RELEASE: 'r2',
        SENTRY_ENVIRONMENT: 'staging',
      },
    );
    const { payload } = await collector.transaction('by environment');
    assert.deepEqual([payload.release, payload.environment], ['r2', 'staging']);
  });

  it('continues the trace of the environment', async () => {
    const output = await run(
      `${start}
      init();
      console.log(getTraceData()['sentry-trace']);
    `,
      { SENTRY_TRACE: `${TRACE}-${PARENT}-1`, SENTRY_BAGGAGE: `sentry-trace_id=${TRACE}` },
    );
    assert.match(output, new RegExp(`^${TRACE}-[0-9a-f]{16}-1$`));
  });

  it('starts without options', async () => {
    const output = await run(`${start}
      console.log(typeof init(null), Object.keys(getTraceData()).join());
    `);
    assert.equal(output, 'object sentry-trace,baggage');
  });

  it('does not where it is told not to', async () => {
    const output = await run(
      `${start}
      init();
      console.log(getTraceData()['sentry-trace']);
    `,
      { SENTRY_TRACE: `${TRACE}-${PARENT}-1`, SENTRY_USE_ENVIRONMENT: 'no' },
    );
    assert.doesNotMatch(output, new RegExp(TRACE));
  });

  it('of CommonJS has the same', async () => {
    const script = `
      const { init, getTraceData } = require('throughline/node');
      init({ debug: false });
      console.log(Object.keys(getTraceData()).join());
    `;
    assert.equal(await run(script, {}, 'commonjs'), 'sentry-trace,baggage');
  });

  it('without WebAssembly goes on', async () => {
    // CommonJS: `import` of node:http needs it itself in Node 22, which loads undici then.
    const script = `
      delete globalThis.WebAssembly;
      const { init, getTraceData, startSpan } = require('throughline/node');
      console.log(init(), startSpan({ name: 'x' }, () => 'result'), Object.keys(getTraceData()).length);
    `;
    const output = await run(script, {}, 'commonjs');
    assert.equal(output, 'undefined result 0');
  });
});

describe('helpers', () => {
  it('write the texts of headers and meta tags', async () => {
    const output = await run(`
      const { init, serializeBaggage, spanToTraceparentHeader, startSpan } =
        await import('throughline/node');
      init({ tracesSampleRate: 1, release: 'r1' });
      startSpan({ name: 'root' }, (span) => {
        const { traceId, spanId } = span.spanContext();
        console.log(spanToTraceparentHeader(span) === \`00-\${traceId}-\${spanId}-01\`);
        console.log(span.toTraceparent() === \`\${traceId}-\${spanId}-1\`);
        console.log(serializeBaggage({ release: 'r 1' }, 'a=1;p, sentry-x=2'));
        console.log(serializeBaggage(span.getBaggage()).startsWith('sentry-environment=production,sentry-release=r1,'));
        console.log(JSON.stringify(serializeBaggage({})));
      });
    `);
    assert.deepEqual(output.split('\n'), [
      'true',
      'true',
      'a=1;p,sentry-release=r%201',
      'true',
      '""',
    ]);
  });
});
