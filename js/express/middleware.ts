import type { IncomingMessage, ServerResponse } from 'node:http';

import { warn, current } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import { keepQuiet } from '../node/quiet-paths.js';
import { answerPreflight } from './preflight.js';
import { handOn, type TunnelOptions } from './tunnel.js';

/** Options of `throughlineMiddleware`. */
export interface MiddlewareOptions {
  /** Hands envelopes that are posted there on to the host of the DSN of this process. */
  tunnel?: string | TunnelOptions;
  /** Lets pages send the headers of a trace wherever the application allows their origin. */
  cors?: boolean;
}

/** A middleware for `app.use`. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

const MAX_BYTES = 1024 * 1024;

function tunnelOf(given: unknown): Required<TunnelOptions> | undefined {
  if (given === undefined) return undefined;
  const { path, maxBytes = MAX_BYTES } = (
    typeof given === 'string' ? { path: given } : { ...(given as object) }
  ) as Partial<TunnelOptions>;
  if (typeof path === 'string' && path.startsWith('/') && maxBytes > 0) return { path, maxBytes };
  warn(
    current()?.options.debug,
    'throughlineMiddleware.tunnel: expected a path that begins with a slash, or an object with ' +
      `path and maxBytes, got ${JSON.stringify(given)}; there is no tunnel`,
  );
  return undefined;
}

/**
 * What a service can do for pages of its own, both optional: a tunnel for their envelopes, and
 * preflights that allow the headers of a trace. Comes before everything that answers or reads bodies.
 */
export function throughlineMiddleware(options: MiddlewareOptions = {}): Middleware {
  const tunnel = tunnelOf(options.tunnel);
  if (tunnel) keepQuiet(tunnel.path);
  return (request, response, next) => {
    const { originalUrl, url = '' } = request as { originalUrl?: string; url?: string };
    if (tunnel && request.method === 'POST') {
      const [path] = (originalUrl ?? url).split('?', 1);
      if (path === tunnel.path) {
        void handOn(request, response, tunnel.maxBytes);
        return;
      }
    }
    const isAnswered = options.cors && quietly(() => answerPreflight(request, response));
    if (!isAnswered) next();
  };
}
