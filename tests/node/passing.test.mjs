// Requests of a process that records few or none: the core learns of them only when somebody asks,
// which nobody may see from what they are told.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { startCollector } from './support/collector.mjs';
import { run } from './support/run.mjs';

let collector;

before(async () => {
  collector = await startCollector();
});

after(() => {
  collector.stop();
});

/** A process with an Express server; `ask(path)` answers what its handler returned, as JSON. */
const script = (options, handler, body) => `
  import { createServer } from 'node:http';
  const Throughline = await import('throughline/express');
  const { close, flush, getActiveSpan, getClient, getTraceData, init, spanToJSON } = Throughline;
  init(${JSON.stringify(options)});
  const { default: express } = await import('express');
  const app = express();
  const users = express.Router();
  users.get('/:id', async (request, response) => {
    response.json(await (${handler})(request, response));
  });
  app.use('/users', (request, response, next) => next(), users);
  const mirror = createServer((request, response) => {
    response.end(JSON.stringify(request.headers));
  }).listen(0, '127.0.0.1');
  const server = app.listen(0, '127.0.0.1', async () => {
    const url = (which) => 'http://127.0.0.1:' + which.address().port;
    globalThis.mirrorUrl = url(mirror);
    const { suppressTracing } = Throughline;
    const ask = (id, headers = {}) =>
      suppressTracing(async () => (await fetch(url(server) + '/users/' + id, { headers })).json());
    const result = await (${body})(ask);
    await close();
    for (const each of [server, mirror]) { each.closeAllConnections(); each.close(); }
    console.log(JSON.stringify(result));
  });
`;

const runs = async (...given) => JSON.parse(await run(script(...given)));

/** All that a handler can see of the trace. */
const look = `async () => {
  const before = getTraceData();
  await new Promise((resolve) => setTimeout(resolve, 1));
  const heard = await (await fetch(mirrorUrl)).json();
  const span = getActiveSpan();
  const { trace_id, description, op, data, parent_span_id } = span ? spanToJSON(span) : {};
  return {
    before, after: getTraceData(), heard: [heard['sentry-trace'], heard.baggage],
    span: { trace_id, description, op, data, parent_span_id }, flags: span?.spanContext().traceFlags,
  };
}`;

/** Without what differs from request to request. */
const masked = (seen) =>
  JSON.stringify(seen)
    .replaceAll(seen.span.trace_id ?? seen.before['sentry-trace'].slice(0, 32), 'TRACE')
    .replaceAll(/TRACE-[0-9a-f]{16}/g, 'TRACE-SPAN')
    .replaceAll(/sample_rand=[\d.]+/g, 'sample_rand=RAND');

describe('a request that is not recorded', () => {
  for (const [what, options] of Object.entries({
    'where the rate is 0': { tracesSampleRate: 0 },
    'where there is no rate': {},
  })) {
    it(`looks the same whether it is the first one or a later one, ${what}`, async () => {
      const seen = await runs(
        options,
        look,
        '(ask) => Promise.all([1, 2, 3].map((id) => ask(id)))',
      );
      const [first, ...later] = seen.map(masked);
      for (const one of later) assert.equal(one, first);
      const traces = new Set(seen.map(({ before }) => before['sentry-trace'].slice(0, 32)));
      assert.equal(traces.size, 3);
    });
  }

  it('is in one trace, with the route of its layers in its name', async () => {
    const seen = await runs(
      { tracesSampleRate: 0 },
      look,
      'async (ask) => [await ask(1), await ask(2)]',
    );
    const { before, after, heard, span, flags } = seen[1];
    assert.deepEqual(after, before);
    // A request that goes out has an id of its own.
    assert.match(heard[0], new RegExp(`^${span.trace_id}-[0-9a-f]{16}-0$`));
    assert.equal(heard[1], before.baggage);
    assert.match(before['sentry-trace'], new RegExp(`^${span.trace_id}-[0-9a-f]{16}-0$`));
    assert.match(before.baggage, /sentry-sampled=false/);
    assert.match(before.baggage, /sentry-transaction=GET%20%2Fusers%2F%3Aid/);
    assert.equal(span.description, 'GET /users/:id');
    assert.equal(flags, 0);
  });

  it('is counted as lost, whether somebody asked about it or not', async () => {
    const asked = `(request) => (request.params.id % 2 ? { trace: getTraceData() } : {})`;
    const options = { dsn: collector.dsn, tracesSampleRate: 0, release: 'counted' };
    await runs(
      options,
      asked,
      '(ask) => Promise.all(Array.from({ length: 40 }, (_, i) => ask(i)))',
    );
    const { payload } = await collector.find(({ type }) => type === 'client_report');
    assert.deepEqual(payload.discarded_events, [
      { reason: 'sample_rate', category: 'transaction', quantity: 40 },
    ]);
  });

  it('has a trace after it was answered, and the same one whenever that is asked', async () => {
    const late = `(request, response) => {
      response.on('close', () => {
        setTimeout(() => {
          const first = getTraceData()['sentry-trace'];
          setTimeout(() => globalThis.tell([first, getTraceData()['sentry-trace']]), 5);
        }, 5);
      });
      return {};
    }`;
    const body = `async (ask) => {
      const all = [];
      for (let id = 0; id < 3; id++) {
        const told = new Promise((resolve) => (globalThis.tell = resolve));
        await ask(id);
        all.push(await told);
      }
      return all;
    }`;
    const all = await runs({ tracesSampleRate: 0 }, late, body);
    for (const [first, second] of all) assert.equal(first.slice(0, 32), second.slice(0, 32));
    assert.equal(new Set(all.map(([first]) => first.slice(0, 32))).size, 3);
  });

  it('is not kept by what began during it and lives on', async () => {
    const handler = `(request) => {
      globalThis.seen ??= new WeakRef(request);
      // Keeps the context of the request, as connections of a pool do.
      globalThis.kept ??= setInterval(globalThis.nothing, 1e6);
      return {};
    }`;
    const body = `async (ask) => {
      // The first one is opened at once.
      globalThis.nothing = () => undefined;
      globalThis.seen = globalThis.kept = false;
      await ask(1);
      globalThis.seen = globalThis.kept = undefined;
      await ask(2);
      // What the server itself remembers of a connection.
      server.closeAllConnections();
      for (let i = 0; i < 10 && globalThis.seen.deref(); i++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        gc();
      }
      clearInterval(globalThis.kept);
      return { isKept: globalThis.seen.deref() !== undefined };
    }`;
    const text = await run(script({ tracesSampleRate: 0 }, handler, body), {}, 'module', [
      '--expose-gc',
    ]);
    assert.deepEqual(JSON.parse(text), { isKept: false });
  });

  it('is told to who begins to listen, however many were not before', async () => {
    const body = `async (ask) => {
      await Promise.all([1, 2, 3].map((id) => ask(id)));
      const names = [];
      getClient().on('spanStart', (span) => names.push(spanToJSON(span).description));
      await ask(4);
      return names;
    }`;
    assert.deepEqual(await runs({ tracesSampleRate: 0 }, '() => ({})', body), ['GET /users/4']);
  });
});

describe('where one request in two is recorded', () => {
  it('those arrive that said they would, and all others are lost', async (context) => {
    const own = await startCollector();
    context.after(() => own.stop());
    const asked = await runs(
      { dsn: own.dsn, tracesSampleRate: 0.5 },
      `(request) => (request.params.id % 2 ? { trace: getTraceData() } : {})`,
      `async (ask) => {
        const answers = [];
        for (let id = 0; id < 100; id++) {
          answers.push((await ask(id)).trace?.['sentry-trace']);
          // Not more at once than the queue holds.
          if (id % 20 === 0) await flush();
        }
        return answers;
      }`,
    );
    const arrived = () => own.received.filter(({ type }) => type === 'transaction');
    const lost = () =>
      own.received
        .filter(({ type }) => type === 'client_report')
        .flatMap(({ payload }) => payload.discarded_events)
        .reduce((sum, { reason, quantity }) => sum + (reason === 'sample_rate' ? quantity : 0), 0);
    await own.find(() => arrived().length + lost() === 100);
    const traces = new Set(arrived().map(({ payload }) => payload.contexts.trace.trace_id));
    for (const text of asked.filter(Boolean)) {
      const [trace, , sampled] = text.split('-');
      assert.equal(traces.has(trace), sampled === '1', text);
    }
    assert.ok(arrived().length > 20 && lost() > 20, `${arrived().length} arrived`);
  });
});
