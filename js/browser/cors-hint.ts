import { warn } from '../api/client.js';
import type { TraceData } from '../api/propagation.js';
import { resolve } from './page.js';

/** Fifty at the most, after which nothing more is said. */
const told = new Set<string>();

/**
 * With `debug`, says once per foreign origin what its server has to allow. Where it does not, the
 * browser blocks the request, and its own message does not tell where the header came from.
 *
 * @param url of a request that carries `headers`; what cannot be parsed never does
 */
export function hintAtCors(url: string, headers: TraceData): void {
  if (told.size > 49) return;
  const { origin } = resolve(url)!;
  if (origin === location.origin || told.has(origin)) return;
  told.add(origin);
  // `baggage` even where this request has none: one after the next navigation may.
  warn(
    true,
    `headers go to ${origin}: its answer to the preflight needs "Access-Control-Allow-Headers: sentry-trace, baggage${headers.traceparent ? ', traceparent' : ''}"`,
  );
}
