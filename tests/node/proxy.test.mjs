// Envelopes by way of a proxy that the environment names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { run } from './support/run.mjs';
import { serve, textOf } from './support/servers.mjs';

const support = (name) => fileURLToPath(new URL(`support/${name}`, import.meta.url));
// For tests alone: of localhost, signed by itself.
const CERTIFICATE = support('localhost-certificate.pem');
const key = readFileSync(support('localhost-key.pem'));
const cert = readFileSync(CERTIFICATE);

/** What arrived at either receiver, and what the proxy was asked for. */
let received = [];
let asked = [];
let plain;
let encrypted;
let proxy;
let encryptedProxy;

const receive = (request, response) => {
  textOf(request).then((text) => {
    received.push({ text, headers: request.headers, url: request.url });
    response.end('{}');
  });
};

/** A forward proxy: absolute addresses, and CONNECT. */
function beProxy(server) {
  server.on('request', (request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, headers });
    const next = http.request(url, { method, headers }, (answer) => answer.pipe(response));
    request.pipe(next);
  });
  server.on('connect', ({ method, url, headers }, socket, head) => {
    asked.push({ method, url, headers });
    if (headers.host.startsWith('refused.')) {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const next = net.connect(new URL(`http://${url}`).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      next.write(head);
      next.pipe(socket).pipe(next);
    });
    for (const side of [socket, next]) side.on('error', () => next.destroy());
  });
}

const listen = async (server) => {
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server.address().port;
};

before(async () => {
  plain = await serve(receive);
  encrypted = https.createServer({ key, cert }, receive);
  encrypted.port = await listen(encrypted);
  proxy = http.createServer();
  beProxy(proxy);
  proxy.url = `http://127.0.0.1:${await listen(proxy)}`;
  encryptedProxy = https.createServer({ key, cert });
  beProxy(encryptedProxy);
  encryptedProxy.url = `https://localhost:${await listen(encryptedProxy)}`;
});

beforeEach(() => {
  received = [];
  asked = [];
});

after(() => {
  plain.stop();
  for (const server of [encrypted, proxy, encryptedProxy]) {
    server.closeAllConnections();
    server.close();
  }
});

const dsnOf = (host) => `http://public@${host}:${plain.port}/1`;
const encryptedDsn = (host = 'localhost') => `https://public@${host}:${encrypted.port}/1`;

/** A process that sends one transaction, and says whether that is known to have arrived. */
const send = (dsn, env, type = 'module') => {
  const names = '{ init, startSpan, getClient }';
  return run(
    `
    const ${names} = ${type === 'module' ? 'await import' : 'require'}('throughline/node');
    init({ dsn: '${dsn}', tracesSampleRate: 1 });
    startSpan({ name: 'root' }, () => undefined);
    getClient().flush(5000).then(console.log);
  `,
    { NODE_EXTRA_CA_CERTS: CERTIFICATE, ...env },
    type,
  );
};

const arrived = () => received.filter(({ text }) => text.includes('"type":"transaction"')).length;

describe('an envelope for http', () => {
  it('goes by http_proxy, with the whole address', async () => {
    await send(dsnOf('127.0.0.1'), { http_proxy: proxy.url });
    assert.equal(arrived(), 1);
    const [{ method, url, headers }] = asked;
    assert.equal(method, 'POST');
    assert.ok(url.startsWith(`${plain.url}/api/1/envelope/?`));
    assert.equal(headers.host, `127.0.0.1:${plain.port}`);
    assert.equal(headers['content-type'], 'application/x-sentry-envelope');
    assert.equal(headers['sentry-trace'], undefined);
    assert.equal(headers['proxy-authorization'], undefined);
  });

  it('does not go by https_proxy', async () => {
    await send(dsnOf('127.0.0.1'), { https_proxy: proxy.url });
    assert.deepEqual([arrived(), asked.length], [1, 0]);
  });

  it('tells the proxy, and nobody else, who asks', async () => {
    await send(dsnOf('127.0.0.1'), { http_proxy: proxy.url.replace('//', '//me:p%40ss@') });
    const word = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    assert.equal(asked[0].headers['proxy-authorization'], word);
    assert.equal(asked[0].headers.authorization, undefined);
    assert.equal(arrived(), 1);
  });

  it('goes by a proxy without a scheme, and by one behind TLS', async () => {
    await send(dsnOf('127.0.0.1'), { http_proxy: new URL(proxy.url).host });
    await send(dsnOf('127.0.0.1'), { http_proxy: encryptedProxy.url });
    assert.deepEqual([arrived(), asked.length], [2, 2]);
  });
});

describe('an envelope for https', () => {
  for (const type of ['module', 'commonjs']) {
    it(`goes through a tunnel of https_proxy (${type})`, async () => {
      const env = { https_proxy: proxy.url, http_proxy: 'http://127.0.0.1:1' };
      await send(encryptedDsn(), env, type);
      assert.equal(arrived(), 1);
      assert.deepEqual(
        asked.map(({ method, url }) => [method, url]),
        [['CONNECT', `localhost:${encrypted.port}`]],
      );
      assert.equal(received[0].headers.host, `localhost:${encrypted.port}`);
    });
  }

  it('goes through one of http_proxy where there is no other', async () => {
    await send(encryptedDsn('127.0.0.1'), { http_proxy: proxy.url });
    assert.deepEqual([arrived(), asked.length], [1, 1]);
  });

  it('goes through one of a proxy behind TLS, with its password for that proxy alone', async () => {
    const named = encryptedProxy.url.replace('//', '//me:secret@');
    await send(encryptedDsn(), { https_proxy: named });
    assert.match(asked[0].headers['proxy-authorization'], /^Basic /);
    assert.equal(received[0].headers['proxy-authorization'], undefined);
    assert.equal(arrived(), 1);
  });

  it('does not arrive where the certificate is of nobody known', async () => {
    await send(encryptedDsn(), { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: '' });
    assert.deepEqual([arrived(), asked.length > 0], [0, true]);
  });

  it('is lost where the proxy refuses or is not there, and the process ends', async () => {
    await send(encryptedDsn('refused.test'), { https_proxy: proxy.url });
    await send(encryptedDsn(), { https_proxy: 'http://127.0.0.1:1' });
    assert.equal(arrived(), 0);
  });
});

describe('no_proxy', () => {
  const exempt = ['127.0.0.1', '.0.1', '*', 'example.com, 127.0.0.1', 'PORT'];
  for (const list of exempt) {
    it(`"${list}" exempts 127.0.0.1`, async () => {
      const no_proxy = list.replace('PORT', `127.0.0.1:${plain.port}`);
      await send(dsnOf('127.0.0.1'), { http_proxy: proxy.url, no_proxy });
      assert.deepEqual([arrived(), asked.length], [1, 0]);
    });
  }

  for (const list of ['', ',', 'example.com', '127.0.0.1.example']) {
    it(`"${list}" does not`, async () => {
      await send(dsnOf('127.0.0.1'), { http_proxy: proxy.url, no_proxy: list });
      assert.deepEqual([arrived(), asked.length], [1, 1]);
    });
  }
});
