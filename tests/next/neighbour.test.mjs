// Beside another OpenTelemetry set-up: what is registered stays as it was.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { close, init } from '../../dist/next.mjs';
import { startCollector } from '../node/support/collector.mjs';
import { get } from '../node/support/servers.mjs';

const API = Symbol.for('opentelemetry.js.api.1');

test('without a neighbour its places are taken, and given back', async () => {
  init({ tracesSampleRate: 1 });
  assert.deepEqual(Object.keys(globalThis[API]).sort(), [
    'context',
    'propagation',
    'trace',
    'version',
  ]);
  await close();
  assert.deepEqual(Object.keys(globalThis[API]), ['version']);
});

test('a neighbour keeps its places, and requests have spans of ours', async () => {
  const theirs = { version: '1.9.0', trace: { getTracer: () => undefined } };
  globalThis[API] = theirs;
  const collector = await startCollector();
  const server = http.createServer((_request, response) => response.end('ok'));
  try {
    init({ dsn: collector.dsn, tracesSampleRate: 1 });
    await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    await get(`http://127.0.0.1:${server.address().port}/users`);
    const { payload } = await collector.transaction('GET /users');
    assert.equal(payload.contexts.trace.origin, 'auto.http.server');
    assert.deepEqual(Object.keys(theirs), ['version', 'trace']);
    assert.equal(globalThis[API], theirs);
  } finally {
    await close();
    server.closeAllConnections();
    server.close();
    collector.stop();
  }
});

/** As `next build` writes it. */
const MANIFEST = {
  version: 3,
  basePath: '/shop',
  staticRoutes: [{ page: '/users/all', regex: '^/users/all(?:/)?$' }],
  dynamicRoutes: [
    { page: '/users/[id]', regex: '^/users/([^/]+?)(?:/)?$' },
    { page: '/files/[...path]', regex: '^/files/(.+?)(?:/)?$' },
  ],
};

test('beside a neighbour, requests are named by the pages of the build', async () => {
  globalThis[API] = { version: '1.9.0', trace: { getTracer: () => undefined } };
  const distDir = mkdtempSync(join(tmpdir(), 'next-build-'));
  writeFileSync(join(distDir, 'routes-manifest.json'), JSON.stringify(MANIFEST));
  const collector = await startCollector();
  const server = http.createServer((_request, response) => response.end('ok'));
  try {
    init({ dsn: collector.dsn, tracesSampleRate: 1, distDir });
    await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    for (const [path, name, source] of [
      ['/shop/users/7?x=1', 'GET /users/[id]', 'route'],
      ['/shop/users/all', 'GET /users/all', 'route'],
      ['/shop/files/a/b', 'GET /files/[...path]', 'route'],
      ['/shop/nowhere', 'GET /shop/nowhere', 'url'],
      ['/users/7', 'GET /users/7', 'url'],
    ]) {
      await get(`http://127.0.0.1:${server.address().port}${path}`);
      const { payload } = await collector.transaction(name);
      assert.equal(payload.transaction_info.source, source, path);
    }
  } finally {
    await close();
    server.closeAllConnections();
    server.close();
    collector.stop();
    rmSync(distDir, { recursive: true });
  }
});
