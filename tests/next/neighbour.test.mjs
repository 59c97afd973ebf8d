// Beside another OpenTelemetry set-up: what is registered stays as it was.
import assert from 'node:assert/strict';
import http from 'node:http';
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
