import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { TransportOptions } from '../api/options.js';
import { post } from './post.js';
import { proxyFor } from './proxy.js';
import { isForNobody, showSpotlight } from './spotlight.js';

/** Larger bodies are compressed (server.md section 10). */
const GZIP_ABOVE = 32 * 1024;

const compress = promisify(gzip);

/** Posts an envelope, and a copy to Spotlight; as `Recording.send_`. */
export async function send(
  url: string,
  given: Uint8Array<ArrayBuffer>,
  _keepalive: boolean,
  { headers, keepAlive }: TransportOptions,
): Promise<number> {
  const to = new URL(url);
  const shown = showSpotlight(given);
  if (isForNobody(to)) {
    await shown;
    return 200;
  }
  const isLarge = given.length > GZIP_ABOVE;
  const body = isLarge ? await compress(given) : given;
  return post(to, body, {
    headers: { ...headers, ...(isLarge && { 'content-encoding': 'gzip' }) },
    proxy: proxyFor(to, process.env),
    keepAlive: keepAlive === true,
  });
}
