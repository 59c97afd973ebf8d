// throughlineMiddleware: the tunnel for envelopes of pages, and preflights.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import * as Throughline from 'throughline/express';

import { startCollector } from './support/collector.mjs';
import { load } from './support/expresses.mjs';
import { get, serve } from './support/servers.mjs';

let collector;
const { suppressTracing, throughlineMiddleware } = Throughline;

before(async () => {
  collector = await startCollector();
  Throughline.init({ dsn: collector.dsn, tracesSampleRate: 1, release: 'r1' });
});

after(async () => {
  await Throughline.close(2000);
  collector.stop();
});

const envelope = (dsn, text = 'x') =>
  [{ dsn }, { type: 'event' }, { from: 'page', text }]
    .map((line) => JSON.stringify(line))
    .join('\n');

/** Status and headers of a response. */
const request = (url, { body, ...options } = {}) =>
  suppressTracing(
    () =>
      new Promise((resolve, reject) => {
        const sent = http.request(url, options, (response) => {
          response.resume();
          response.on('end', () => {
            resolve({ status: response.statusCode, headers: response.headers });
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
  );

const post = (url, body, headers = {}) => request(url, { method: 'POST', body, headers });

for (const major of [4, 5]) {
  const express = () => load(major);

  /** An application with these middlewares, as long as `use` runs. */
  async function serving(middlewares, use) {
    const app = express()();
    for (const middleware of middlewares) app.use(middleware);
    app.put('/api', (_request, response) => response.end());
    app.get('/api', (_request, response) => response.end());
    const service = await serve(app);
    try {
      return await use(service.url);
    } finally {
      service.stop();
    }
  }

  describe(`a tunnel in Express ${major}`, () => {
    const tunnel = (options = {}) => throughlineMiddleware({ tunnel: { path: '/t', ...options } });

    it('hands an envelope on to the project that it names', async () => {
      const text = `handed on ${major}`;
      const dsn = collector.dsn.replace('public', 'page').replace(/1$/, '77');
      const { status } = await serving([tunnel()], (url) => post(`${url}/t`, envelope(dsn, text)));
      assert.equal(status, 200);
      const found = await collector.find(({ payload }) => payload.text === text);
      assert.match(found.url, /^\/api\/77\/envelope\/\?.*sentry_key=page/);
      assert.equal(found.headers['sentry-trace'], undefined);
    });

    it('hands on what is compressed, and what was read before', async () => {
      const [zipped, read] = [`zipped ${major}`, `read ${major}`];
      await serving([tunnel()], (url) =>
        post(`${url}/t?x=1`, gzipSync(envelope(collector.dsn, zipped)), {
          'content-encoding': 'gzip',
        }),
      );
      await serving([express().text({ type: () => true }), tunnel()], (url) =>
        post(`${url}/t`, envelope(collector.dsn, read)),
      );
      await collector.find(({ payload }) => payload.text === zipped);
      await collector.find(({ payload }) => payload.text === read);
    });

    it('goes to the host of the own DSN only', async () => {
      let asked = 0;
      const other = await serve((_request, response) => {
        asked++;
        response.end();
      });
      const { port } = new URL(other.url);
      const foreign = [
        `http://public@127.0.0.1:${port}/1`,
        collector.dsn.replace('http:', 'https:'),
        collector.dsn.replace(/1$/, 'admin/1'),
        collector.dsn.replace('127.0.0.1', '127.0.0.1.evil.test'),
        'no dsn',
      ];
      const statuses = await serving([tunnel()], (url) =>
        Promise.all(foreign.map(async (dsn) => (await post(`${url}/t`, envelope(dsn))).status)),
      );
      other.stop();
      assert.deepEqual(statuses, [403, 403, 403, 403, 403]);
      assert.equal(asked, 0);
    });

    it('refuses what is no envelope, and what is too large', async () => {
      const statuses = await serving([tunnel({ maxBytes: 1000 })], async (url) => {
        const bodies = [
          '',
          'x',
          '{}',
          'null',
          '{"dsn":1}\n',
          envelope(collector.dsn, 'x'.repeat(1000)),
        ];
        const all = [];
        for (const body of bodies) all.push((await post(`${url}/t`, body)).status);
        const bomb = gzipSync(envelope(collector.dsn, 'x'.repeat(100_000)));
        all.push((await post(`${url}/t`, bomb, { 'content-encoding': 'gzip' })).status);
        return all;
      });
      assert.deepEqual(statuses, [400, 400, 400, 400, 400, 413, 400]);
    });

    it('has no span', async () => {
      await serving([tunnel()], async (url) => {
        await post(`${url}/t`, envelope(collector.dsn));
        await request(`${url}/api?after=${major}`);
      });
      await collector.find(
        ({ payload }) => payload.contexts?.trace.data['url.query'] === `after=${major}`,
      );
      const names = collector.received.map(({ payload }) => payload.transaction);
      assert.ok(!names.includes('POST /t'));
    });

    it('leaves other requests alone', async () => {
      const { status } = await serving([tunnel()], (url) => request(`${url}/api`));
      assert.equal(status, 200);
    });
  });

  describe(`preflights in Express ${major}`, () => {
    const middleware = throughlineMiddleware({ cors: true });
    const preflight = (asked, method = 'GET') => ({
      method: 'OPTIONS',
      headers: {
        origin: 'http://page.test',
        'access-control-request-method': method,
        'access-control-request-headers': asked,
      },
    });
    const allowed = ({ headers }) => headers['access-control-allow-headers'];
    const cors = async (options) => (await import('cors')).default(options);
    const byHand = (_request, response, next) => {
      response.setHeader('access-control-allow-origin', 'http://page.test');
      next();
    };

    it('allow our headers where another middleware answers', async () => {
      const theirs = await cors({ origin: 'http://page.test', allowedHeaders: ['x-own'] });
      const answer = await serving([middleware, theirs], (url) =>
        request(`${url}/api`, preflight('baggage,sentry-trace,x-own')),
      );
      assert.equal(answer.status, 204);
      assert.equal(allowed(answer), 'x-own, baggage, sentry-trace');
    });

    it('are answered where the origin is allowed already', async () => {
      const answer = await serving([byHand, middleware], (url) =>
        request(`${url}/none`, preflight('sentry-trace,baggage')),
      );
      assert.equal(answer.status, 204);
      assert.equal(allowed(answer), 'sentry-trace, baggage');
    });

    it('are left to others where more is asked for than is allowed', async () => {
      const answers = await serving([byHand, middleware], async (url) => [
        await request(`${url}/none`, preflight('sentry-trace,x-other')),
        await request(`${url}/none`, preflight('sentry-trace', 'DELETE')),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [404, 404],
      );
    });

    it('allow nothing where the origin is not allowed', async () => {
      const theirs = await cors({ origin: false });
      for (const middlewares of [[middleware], [middleware, theirs]]) {
        const answer = await serving(middlewares, (url) =>
          request(`${url}/api`, preflight('sentry-trace')),
        );
        assert.equal(allowed(answer), undefined);
      }
    });

    it('without our headers are none of our business', async () => {
      const answer = await serving([byHand, middleware], (url) =>
        request(`${url}/none`, preflight('x-other')),
      );
      assert.equal(answer.status, 404);
    });
  });
}

describe('throughlineMiddleware', () => {
  it('without options hands on', async () => {
    const app = load(5)();
    app.use(throughlineMiddleware());
    app.get('/', (_request, response) => response.end('ok'));
    const { url, stop } = await serve(app);
    const { text } = await suppressTracing(() => get(url));
    stop();
    assert.equal(text, 'ok');
  });
});
