// What a page talks to: its own site, services of another origin, and the receiver of envelopes.
import { createServer } from 'node:http';

import { readEnvelope } from './envelope.mjs';

async function listen(onRequest) {
  const server = createServer(onRequest);
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

function send(response, status, headers, text = '') {
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

/** Answers by path, and remembers every request in `seen`. */
function service(name, seen) {
  return async (request, response) => {
    const { method, url, headers } = request;
    const body = await textOf(request);
    seen.push({ server: name, method, url, headers, body });
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

const transactionsIn = (body) =>
  readEnvelope(body).items.filter(({ type }) => type === 'transaction').length;

const PATIENCE_MS = 8_000;

/** Keeps envelopes as they come. */
function receiver() {
  const envelopes = [];
  const waiting = new Set();
  let transactions = 0;
  return {
    envelopes,
    async onRequest(request, response) {
      const body = await textOf(request);
      if (request.method === 'POST') {
        envelopes.push({ url: request.url, body });
        transactions += transactionsIn(body);
      }
      send(response, 200, { 'access-control-allow-origin': '*' }, '{}');
      for (const look of waiting) look();
    },
    /** Resolves once that many transactions came. */
    sent: (count) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`${transactions} transactions came, not ${count}`));
        }, PATIENCE_MS);
        const look = () => {
          if (transactions < count) return;
          clearTimeout(patience);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/**
 * Starts the three of them for one page.
 *
 * @param pageAt answers a path with the parts of a file (`type`, `text`, `headers`), or nothing:
 *               then it is a request to a service
 */
export async function startServers(pageAt) {
  const requests = [];
  const received = receiver();
  const ofSite = service('site', requests);
  const site = await listen((request, response) => {
    const file = request.method === 'GET' && pageAt(request.url);
    if (!file) return ofSite(request, response);
    send(response, 200, { 'content-type': file.type, ...file.headers }, file.text);
  });
  const api = await listen(service('api', requests));
  const envelopes = await listen(received.onRequest);
  const servers = { site, api, receiver: envelopes };
  return {
    requests,
    envelopes: received.envelopes,
    sent: received.sent,
    hosts: Object.fromEntries(Object.entries(servers).map(([name, { host }]) => [name, host])),
    close: () => Promise.all(Object.values(servers).map((server) => server.close())),
  };
}
