import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';

import { within } from '../api/scopes.js';
import { byProxy, type Way } from './proxy.js';

/** Milliseconds without a sign of the receiver, after which it counts as dead. */
const PATIENCE = 30_000;

// As they were when we came: what we send is no request of the application.
const { request: plain } = http;
const { request: encrypted } = https;

/** How it is sent, beside what holds for every envelope. */
export interface Posting {
  headers?: OutgoingHttpHeaders;
  proxy?: URL | undefined;
  /** The connection is kept for the next one; not through a proxy. */
  keepAlive?: boolean | undefined;
}

/** Connections that are kept: as many at once, and for as many milliseconds without a request. */
const KEPT: https.AgentOptions = { keepAlive: true, maxSockets: 30, timeout: 2000 };
const agents: (http.Agent | undefined)[] = [];

function keeping(isEncrypted: boolean): http.Agent {
  return (agents[Number(isEncrypted)] ??= isEncrypted
    ? new https.Agent(KEPT)
    : new http.Agent(KEPT));
}

/** A socket of its own, or one that is kept. */
function directly(url: URL, keepAlive = false): Way {
  const isEncrypted = url.protocol === 'https:';
  const agent = keepAlive ? keeping(isEncrypted) : false;
  return { isEncrypted, options: { ...urlToHttpOptions(url), agent }, headers: {} };
}

/** What came back. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
}

async function send(url: URL, body: Uint8Array, posting: Posting): Promise<Answer> {
  const { proxy } = posting;
  const { isEncrypted, options, headers } = proxy
    ? await byProxy(proxy, url, PATIENCE)
    : directly(url, posting.keepAlive);
  return new Promise<Answer>((resolve, reject) => {
    const request = (isEncrypted ? encrypted : plain)({
      ...options,
      method: 'POST',
      timeout: PATIENCE,
      headers: {
        'content-type': 'application/x-sentry-envelope',
        'content-length': body.length,
        ...posting.headers,
        ...headers,
      },
    });
    request.on('error', reject);
    request.on('timeout', () => {
      request.destroy(new Error('timeout'));
    });
    request.on('response', (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
      });
    });
    request.end(body);
  });
}

/** Posts an envelope, as no request that is traced. Rejects when there is no response. */
export const exchange = (url: URL, body: Uint8Array, posting: Posting = {}): Promise<Answer> =>
  within({ suppressed: true }, () => send(url, body, posting));

/** The same for who wants the status of the response only. */
export const post = async (url: URL, body: Uint8Array, posting?: Posting): Promise<number> =>
  (await exchange(url, body, posting)).status;
