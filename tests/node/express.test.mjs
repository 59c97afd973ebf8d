// Express 4 and 5: which route names a request, and the spans of the layers that it passes.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';

import * as Throughline from 'throughline/express';

import { startCollector } from './support/collector.mjs';
import { load } from './support/expresses.mjs';
import { get, incoming, mirror, PARENT, serve } from './support/servers.mjs';

let collector;
let other;
const { suppressTracing } = Throughline;

before(async () => {
  collector = await startCollector();
  other = await serve(mirror);
  Throughline.init({
    dsn: collector.dsn,
    tracesSampleRate: 1,
    release: 'r1',
    integrations: [Throughline.httpIntegration({ dropSpansForIncomingRequestStatusCodes: [] })],
  });
});

after(async () => {
  other.stop();
  await Throughline.close(2000);
  collector.stop();
});

const hex = (digits) =>
  Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');

/** Listens as long as `use` runs. */
async function listening(app, use) {
  const service = await serve(app);
  try {
    return await use(service);
  } finally {
    service.stop();
  }
}

/** Asks, and finds the transaction that the request made. */
const ask = (app, path) =>
  listening(app, async ({ url }) => {
    // No two requests have the same trace.
    const trace = hex(32);
    const headers = incoming(trace);
    const answer = await suppressTracing(() => get(url + path, { headers }));
    const { payload } = await collector.find(
      ({ type, payload }) => type === 'transaction' && payload.contexts.trace.trace_id === trace,
    );
    return { ...answer, transaction: payload };
  });

/** Answers errors by their message. Four parameters make it a handler of errors. */
const answering = (statusOf) =>
  Object.defineProperty(
    (error, _request, response) => {
      response.statusCode = statusOf(error);
      response.end(error.message);
    },
    'length',
    { value: 4 },
  );

const layersOf = ({ spans }) =>
  spans
    .filter(({ origin }) => origin === 'auto.http.express')
    .map(({ op, description, status }) => [op, description, status])
    // These two are of Express 4 itself.
    .filter(([, description]) => description !== 'query' && description !== 'expressInit');

for (const major of [4, 5]) {
  /** Registered, request, name. */
  const routes = (express) => {
    const ok = (_request, response) => response.end('ok');
    const router = (register) => {
      const made = express.Router();
      register(made);
      return made;
    };
    const v1 = router((r) => r.get('/users/:id', ok));
    const api = router((r) => r.use('/v1', v1));
    const items = router((r) => r.get('/items/:item', ok));
    const org = router((r) => r.use('/:org', items));
    const sub = express();
    sub.get('/deep/:z', ok);
    const pass = (_request, _response, next) => next();
    const wild = major === 5 ? '/wild/*rest' : '/wild/*';
    const optional = major === 5 ? '/opt{/:x}' : '/opt/:x?';
    return [
      [(a) => a.use('/api', api), '/api/v1/users/7', '/api/v1/users/:id'],
      [(a) => a.use('/api/orgs', org), '/api/orgs/acme/items/7', '/api/orgs/:org/items/:item'],
      [(a) => a.get(['/arr/a', '/arr/b'], ok), '/arr/b', '/arr/a,/arr/b'],
      [
        (a) =>
          a.use(
            ['/m1', '/m2'],
            router((r) => r.get('/:id', ok)),
          ),
        '/m2/5',
        '/m1,/m2/:id',
      ],
      [(a) => a.get(/^\/re(gex)?$/, ok), '/regex', '/^\\/re(gex)?$/'],
      [(a) => a.get(wild, ok), '/wild/a/b', wild],
      [(a) => a.get(optional, ok), '/opt', optional],
      [
        (a) =>
          a.use(
            '/sub',
            router((r) => r.get('/', ok)),
          ),
        '/sub',
        '/sub',
      ],
      [
        (a) =>
          a.use(
            '/sub',
            router((r) => r.get('/', ok)),
          ),
        '/sub/',
        '/sub',
      ],
      [(a) => a.use('/mounted', sub), '/mounted/deep/9', '/mounted/deep/:z'],
      [(a) => a.use('/mw', ok), '/mw/x', '/mw'],
      [(a) => a.get('/fall/:a', pass).get('/fall/:b', ok), '/fall/1', '/fall/:b'],
      [
        (a) => a.get('/skip/:a', (_q, _s, next) => next('route'), ok).use(ok),
        '/skip/1',
        '/skip/:a',
      ],
      [(a) => a.route('/rt').get(ok), '/rt', '/rt'],
      [(a) => a.all('/all', ok), '/all', '/all'],
      [(a) => a.get('/', ok), '/', '/'],
    ];
  };

  describe(`Express ${major}`, () => {
    let express;

    before(() => {
      express = load(major);
    });

    it('names requests by their route', async () => {
      const names = [];
      for (const [register, path] of routes(express)) {
        const app = express();
        register(app);
        const { transaction, status } = await ask(app, path);
        assert.equal(status, 200, path);
        const route = transaction.contexts.trace.data['http.route'];
        names.push([transaction.transaction, transaction.transaction_info.source, route]);
      }
      assert.deepEqual(
        names,
        routes(express).map(([, , route]) => [`GET ${route}`, 'route', route]),
      );
    });

    it('leaves the name of a request that no route matched', async () => {
      const app = express();
      app.use((_request, _response, next) => next());
      const { transaction, status } = await ask(app, '/none/here');
      assert.equal(status, 404);
      assert.equal(transaction.transaction, 'GET /none/here');
      assert.equal(transaction.transaction_info.source, 'url');
      assert.ok(!('http.route' in transaction.contexts.trace.data));
    });

    it('records a span for each layer that a request passes', async () => {
      const app = express();
      const router = express.Router();
      app.use(function first(_request, _response, next) {
        next();
      });
      app.use('/api', router);
      router.use(function inner(_request, _response, next) {
        setTimeout(next, 5);
      });
      router.get('/users/:id', (_request, response) => response.end());
      const { transaction } = await ask(app, '/api/users/7');
      assert.deepEqual(layersOf(transaction), [
        ['middleware.express', 'first', 'ok'],
        ['router.express', '/api', 'ok'],
        ['middleware.express', 'inner', 'ok'],
        ['request_handler.express', '/api/users/:id', 'ok'],
      ]);
      const [first, mounted, inner, handler] = transaction.spans.slice(-4);
      const root = transaction.contexts.trace.span_id;
      assert.deepEqual(
        [first, mounted, inner, handler].map((span) => span.parent_span_id),
        [root, root, mounted.span_id, mounted.span_id],
      );
      assert.deepEqual(handler.data, {
        'sentry.op': 'request_handler.express',
        'sentry.origin': 'auto.http.express',
        'express.type': 'request_handler',
        'express.name': '/api/users/:id',
        'http.route': '/api/users/:id',
      });
    });

    it('ends a router when it is left', async () => {
      const app = express();
      const router = express.Router();
      router.use((_request, _response, next) => next());
      app.use('/api', router);
      app.use((_request, response) => setTimeout(() => response.end(), 40));
      const { transaction } = await ask(app, '/api/none');
      const mounted = transaction.spans.find(({ op }) => op === 'router.express');
      assert.ok(transaction.timestamp - mounted.timestamp > 0.03);
    });

    it('has the span of a layer active in it, and the one around it after next', async () => {
      const app = express();
      const seen = {};
      app.use(function outer(_request, _response, next) {
        seen.outer = Throughline.spanToJSON(Throughline.getActiveSpan()).description;
        next();
      });
      app.get('/x', async (_request, response) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.handler = Throughline.spanToJSON(Throughline.getActiveSpan()).description;
        Throughline.startSpan({ name: 'own' }, () => undefined);
        response.end();
      });
      const { transaction } = await ask(app, '/x');
      assert.deepEqual(seen, { outer: 'outer', handler: '/x' });
      const own = transaction.spans.find(({ description }) => description === 'own');
      const handler = transaction.spans.find(({ description }) => description === '/x');
      assert.equal(own.parent_span_id, handler.span_id);
    });

    it('makes a request of a handler carry the name of the route', async () => {
      const app = express();
      app.get('/users/:id', (_request, response) => {
        http.get(other.url, (answer) => answer.pipe(response));
      });
      const { text } = await listening(app, ({ url }) =>
        suppressTracing(() => get(`${url}/users/7`)),
      );
      assert.match(JSON.parse(text).baggage, /sentry-transaction=GET%20%2Fusers%2F%3Aid/);
    });

    it('says why a layer failed, and of the request what was answered', async () => {
      const app = express();
      app.get('/thrown', () => {
        throw new Error('boom');
      });
      app.get('/handed', (_request, _response, next) => next({ status: 400, message: 'mine' }));
      app.use(answering((error) => error.status ?? 500));
      const thrown = await ask(app, '/thrown');
      const handed = await ask(app, '/handed');
      assert.deepEqual([thrown.text, handed.text], ['boom', 'mine']);
      assert.deepEqual(layersOf(thrown.transaction), [
        ['request_handler.express', '/thrown', 'boom'],
      ]);
      assert.deepEqual(layersOf(handed.transaction), [
        ['request_handler.express', '/handed', 'mine'],
      ]);
      const statusOf = ({ transaction }) => transaction.contexts.trace.status;
      assert.deepEqual([thrown, handed].map(statusOf), ['internal_error', 'invalid_argument']);
    });

    it('cancels the layer that runs when its caller goes', async () => {
      const app = express();
      app.get('/slow', (_request, response) => response.write('begun'));
      const trace = hex(32);
      await listening(
        app,
        ({ port }) =>
          new Promise((resolve) => {
            const socket = net.connect(port, '127.0.0.1', () => {
              socket.write(
                `GET /slow HTTP/1.1\r\nHost: a\r\nsentry-trace: ${trace}-${PARENT}-1\r\n\r\n`,
              );
            });
            socket.on('data', () => {
              socket.destroy();
              resolve();
            });
          }),
      );
      const { payload } = await collector.find(
        ({ payload }) => payload.contexts?.trace.trace_id === trace,
      );
      assert.equal(payload.contexts.trace.status, 'ok');
      assert.deepEqual(layersOf(payload), [['request_handler.express', '/slow', 'cancelled']]);
    });

    it('makes no layers below a request without a span', async () => {
      const app = express();
      app.get('/favicon.ico', (_request, response) => {
        response.end(String(Throughline.getActiveSpan() === undefined));
      });
      const { text } = await listening(app, ({ url }) =>
        suppressTracing(() => get(`${url}/favicon.ico`)),
      );
      assert.equal(text, 'true');
    });

    it('hands errors of the server to the handler of errors, and on', async () => {
      const app = express();
      app.get('/broken', () => {
        throw new Error('broken');
      });
      app.get('/refused', () => {
        throw Object.assign(new Error('refused'), { status: 403 });
      });
      Throughline.setupExpressErrorHandler(app);
      app.use(answering(() => 200));
      const broken = await ask(app, '/broken');
      const refused = await ask(app, '/refused');
      assert.deepEqual([broken.text, refused.text], ['broken', 'refused']);
      assert.equal(broken.transaction.contexts.trace.status, 'internal_error');
      assert.equal(refused.transaction.contexts.trace.status, 'ok');
    });

    it('goes by what the application calls an error', async () => {
      const app = express();
      app.get('/teapot', () => {
        throw Object.assign(new Error('teapot'), { statusCode: '418' });
      });
      Throughline.setupExpressErrorHandler(app, { shouldHandleError: () => true });
      app.use(answering(() => 200));
      const { transaction } = await ask(app, '/teapot');
      assert.equal(transaction.contexts.trace.status, 'internal_error');
    });

    it('leaves routers, layers and handlers as they are', () => {
      const app = express();
      const handler = (_request, response) => response.end();
      app.use('/a', handler);
      const { stack } = app._router ?? app.router;
      assert.equal(stack.at(-1).handle, handler);
      assert.equal(Object.keys(express.Router()).includes('use'), false);
    });
  });
}
