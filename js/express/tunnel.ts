import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { current, warn } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from '../node/exports.js';
import { exchange } from '../node/post.js';
import { proxyFor } from '../node/proxy.js';

/** A tunnel for the envelopes of pages. */
export interface TunnelOptions {
  /** Whole path of the URL that the page has as its `tunnel`. */
  path: string;
  /** Larger envelopes are refused. Default 1 MiB. */
  maxBytes?: number;
}

/** Anything but an envelope that goes on: the status that says so. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal(413, `an envelope of more than ${maxBytes} bytes`);

const inflate = promisify(gunzip);

/** What tells the page when to send again, and of what. */
const TOLD_ON = ['x-sentry-rate-limits', 'retry-after'];

type Request = IncomingMessage & { body?: unknown };

async function bytesOf(request: Request, maxBytes: number): Promise<Buffer> {
  const { body } = request;
  // Parsers of the application may have been there before.
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body);
  if (request.readableEnded) {
    throw new Refusal(400, 'the body was read before: add throughlineMiddleware before parsers');
  }
  // Leaving off in the middle would break the connection, and the answer would not arrive.
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function envelopeOf(request: Request, maxBytes: number): Promise<Buffer> {
  const bytes = await bytesOf(request, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  if (request.headers['content-encoding'] !== 'gzip') return bytes;
  return inflate(bytes, { maxOutputLength: maxBytes }).catch(() => {
    throw new Refusal(400, 'what is no gzip, or too large');
  });
}

/** Where an envelope wants to go, if that is where those of this process go. */
function endpointOf(envelope: Buffer): URL {
  const end = envelope.indexOf('\n');
  const first = envelope.toString('utf8', 0, end < 0 ? envelope.length : end);
  const header = quietly(() => JSON.parse(first) as { dsn?: unknown } | null);
  if (typeof header?.dsn !== 'string') throw new Refusal(400, 'an envelope without a dsn');
  const core = current()?.core;
  const raw = core?.raw as ServerExports | undefined;
  const texts = core?.texts(header.dsn) ?? 0;
  const endpoint = core && raw ? core.ask(() => raw.tl_tunnel_endpoint(texts)) : '';
  if (!endpoint) throw new Refusal(403, 'an envelope for a host that is not the one of our dsn');
  return new URL(endpoint);
}

/** Hands an envelope on, and the answer back. Never rejects. */
export async function handOn(
  request: Request,
  response: ServerResponse,
  maxBytes: number,
): Promise<void> {
  try {
    const envelope = await envelopeOf(request, maxBytes);
    const endpoint = endpointOf(envelope);
    const { status, headers } = await exchange(endpoint, envelope, {
      headers: { 'user-agent': request.headers['user-agent'] ?? '' },
      proxy: proxyFor(endpoint, process.env),
    });
    response.statusCode = status;
    for (const name of TOLD_ON) {
      const value = headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(502, String(error));
    warn(current()?.options.debug, `the tunnel refused ${refusal.message}`);
    response.statusCode = refusal.status;
    // The rest of it is not wanted.
    if (!request.readableEnded) response.setHeader('connection', 'close');
  }
  response.end();
}
