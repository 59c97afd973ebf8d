import http, { type Agent, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';

import { within } from '../api/scopes.js';

/** Milliseconds without a sign of the receiver, after which it counts as dead. */
const PATIENCE = 30_000;

// As they were when we came: what we send is no request of the application.
const { request: plain } = http;
const { request: encrypted } = https;

/** How it is sent, beside what holds for every envelope. */
export interface Posting {
  headers?: OutgoingHttpHeaders;
  agent?: Agent | false;
}

/**
 * Posts an envelope, as no request that is traced.
 *
 * @returns the status of the response; rejects when there is none
 */
export function post(
  url: URL,
  body: Uint8Array,
  { headers, agent = false }: Posting = {},
): Promise<number> {
  return within(
    { suppressed: true },
    () =>
      new Promise<number>((resolve, reject) => {
        const request = (url.protocol === 'https:' ? encrypted : plain)(url, {
          method: 'POST',
          // A socket of its own, which is not kept.
          agent,
          timeout: PATIENCE,
          headers: {
            'content-type': 'application/x-sentry-envelope',
            'content-length': body.length,
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
            resolve(response.statusCode ?? 0);
          });
        });
        request.end(body);
      }),
  );
}
