// What a page talks to: its own site, services of another origin, and the receiver of envelopes.
import { createServer } from 'node:http';

import { readEnvelope } from './envelope.mjs';

async function listen(onRequest) {
  const server = createServer(onRequest);
  // A browser sends a request again by itself where the connection was one it had used before.
  server.maxRequestsPerSocket = 1;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** @param rest promise of a text that follows later */
async function send(response, status, headers, text = '', rest) {
  if (rest) {
    response.writeHead(status, { 'cache-control': 'no-store', ...headers });
    response.write(text);
    response.end(await rest);
    return;
  }
  response.writeHead(status, {
    // Not chunked: the length is part of what is recorded of a response.
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}

const allowed = ({ headers: { origin = '*' } }) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, PATCH',
  'access-control-allow-headers':
    'sentry-trace, baggage, traceparent, content-type, x-app, x-other',
});

/** Answers by path, and hands every request to `note`. */
function service(name, note) {
  return async (request, response) => {
    const { method, url, headers } = request;
    const body = await textOf(request);
    note({ server: name, method, url, headers, body });
    const cors = allowed(request);
    const json = { 'content-type': 'application/json', ...cors };
    const [, kind, value] = url.split(/[/?]/);
    if (method === 'OPTIONS') send(response, 204, cors);
    else if (kind === 'status') send(response, Number(value), json, '{}');
    else if (kind === 'redirect') send(response, 302, { location: '/landed', ...cors });
    else if (kind === 'drop') request.socket.destroy();
    // Open until the page goes away.
    else if (kind === 'hold') return;
    else send(response, 200, json, '{"ok":true}');
  };
}

const PATIENCE_MS = 8_000;

/** A place to wait for what servers get: `until(holds, what)`, and `look` at every change. */
function watch() {
  const waiting = new Set();
  return {
    look() {
      for (const look of waiting) look();
    },
    until: (holds, complaint) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(complaint()));
        }, PATIENCE_MS);
        const look = () => {
          if (!holds()) return;
          clearTimeout(patience);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

const transactionsIn = (body) =>
  readEnvelope(body).items.filter(({ type }) => type === 'transaction').length;

/**
 * As the project of the DSN wants it: 1 takes everything, 2 wants no further transaction, 3 finds
 * everything too large, 4 breaks off.
 */
function answerEnvelope(request, response, body) {
  const [, , project] = request.url.split('/');
  const headers = { ...allowed(request), 'access-control-expose-headers': '*' };
  const limits = { 'x-sentry-rate-limits': '60:transaction:key' };
  if (project === '2') return send(response, 200, { ...headers, ...limits }, '{}');
  if (project === '3') return send(response, 413, headers, '{}');
  if (project === '4' && transactionsIn(body) > 0) return request.socket.destroy();
  return send(response, 200, headers, '{}');
}

/**
 * Starts the three of them for one page.
 *
 * @param pageAt answers a path with the parts of a file (`type`, `text`, `headers`), or nothing:
 *               then it is a request to a service
 */
export async function startServers(pageAt) {
  const requests = [];
  const envelopes = [];
  let transactions = 0;
  const { look, until } = watch();
  const note = (request) => {
    requests.push(request);
    look();
  };

  const ofSite = service('site', note);
  const site = await listen((request, response) => {
    const file = request.method === 'GET' && pageAt(request.url);
    if (!file) return ofSite(request, response);
    const { type, headers, text, rest } = file;
    return send(response, 200, { 'content-type': type, ...headers }, text, rest);
  });
  const api = await listen(service('api', note));
  const receiver = await listen(async (request, response) => {
    const body = await textOf(request);
    if (request.method === 'POST') {
      envelopes.push({ url: request.url, headers: request.headers, body });
      transactions += transactionsIn(body);
    }
    await answerEnvelope(request, response, body);
    look();
  });

  const servers = { site, api, receiver };
  return {
    requests,
    envelopes,
    /** Resolves once that many transactions came. */
    sent: (count) =>
      until(
        () => transactions >= count,
        () => `${transactions} transactions came, not ${count}`,
      ),
    /** Resolves once a request to that path came. */
    arrived: (path) =>
      until(
        () => requests.some(({ url, method }) => url === path && method !== 'OPTIONS'),
        () => `no request to ${path} came`,
      ),
    hosts: Object.fromEntries(Object.entries(servers).map(([name, { host }]) => [name, host])),
    close: () => Promise.all(Object.values(servers).map((server) => server.close())),
  };
}
