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
}

/** A socket of its own, which is not kept. */
const directly = (url: URL): Way => ({
  isEncrypted: url.protocol === 'https:',
  options: { ...urlToHttpOptions(url), agent: false },
  headers: {},
});

/** What came back. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
}

async function send(url: URL, body: Uint8Array, posting: Posting): Promise<Answer> {
  const { proxy } = posting;
  const { isEncrypted, options, headers } = proxy
    ? await byProxy(proxy, url, PATIENCE)
    : directly(url);
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
