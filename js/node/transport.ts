import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { within } from '../api/scopes.js';

/** Larger bodies are compressed (server.md section 10). */
const GZIP_ABOVE = 32 * 1024;

/** Milliseconds without a sign of the receiver, after which it counts as dead. */
const PATIENCE = 30_000;

const compress = promisify(gzip);

// As they were when we came: what we send is no request of the application.
const { request: plain } = http;
const { request: encrypted } = https;

/** Posts an envelope; as `Recording.send_`. */
export async function send(url: string, given: Uint8Array<ArrayBuffer>): Promise<number> {
  const isLarge = given.length > GZIP_ABOVE;
  const body = isLarge ? await compress(given) : given;
  const { protocol } = new URL(url);
  return within(
    { suppressed: true },
    () =>
      new Promise<number>((resolve, reject) => {
        const request = (protocol === 'https:' ? encrypted : plain)(url, {
          method: 'POST',
          // A socket of its own, which is not kept.
          agent: false,
          timeout: PATIENCE,
          headers: {
            'content-type': 'application/x-sentry-envelope',
            'content-length': body.length,
            ...(isLarge && { 'content-encoding': 'gzip' }),
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
