import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';

import { quietly } from '../base/quietly.js';

/** The headers of a trace, which a page of another origin may send only if it is told so. */
const OURS = ['sentry-trace', 'baggage', 'traceparent'];

/** Methods that need no permission (Fetch standard, "CORS-safelisted method"). */
const SAFE_METHODS = ['GET', 'HEAD', 'POST'];

const namesIn = (value: OutgoingHttpHeader | undefined): string[] =>
  String(value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

const includes = (names: string[], wanted: string): boolean =>
  names.some((name) => name.toLowerCase() === wanted.toLowerCase());

/** Adds what is asked for of ours to what the application allows, if it allows the origin. */
function allow(response: ServerResponse, asked: string[]): void {
  if (!response.getHeader('access-control-allow-origin') || response.headersSent) return;
  const allowed = namesIn(response.getHeader('access-control-allow-headers'));
  // With credentials it is the name of a header.
  if (allowed.includes('*') && !response.getHeader('access-control-allow-credentials')) return;
  const missing = asked.filter((name) => !includes(allowed, name));
  if (missing.length === 0) return;
  response.setHeader('access-control-allow-headers', [...allowed, ...missing].join(', '));
}

/**
 * Makes the answer to a preflight allow the headers of a trace, where the application allows the
 * origin and whoever answers.
 *
 * @returns whether it was answered: all that it asks for is allowed already
 */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  const method = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || method === undefined) return false;
  const asked = namesIn(request.headers['access-control-request-headers']);
  const ours = asked.filter((name) => includes(OURS, name));
  if (ours.length === 0) return false;
  if (response.getHeader('access-control-allow-origin')) {
    const others = asked.filter((name) => !includes(OURS, name));
    const allowed = namesIn(response.getHeader('access-control-allow-headers'));
    const methods = namesIn(response.getHeader('access-control-allow-methods'));
    const all = others.every((name) => includes(allowed, name));
    if (all && (SAFE_METHODS.includes(method) || includes(methods, method))) {
      allow(response, ours);
      response.statusCode = 204;
      response.setHeader('content-length', '0');
      response.end();
      return true;
    }
  }
  // Whoever answers does so by this in the end.
  const owner = response as unknown as Record<'writeHead', (...given: unknown[]) => unknown>;
  const { writeHead } = owner;
  owner.writeHead = function (...given) {
    quietly(() => {
      allow(response, ours);
    });
    return Reflect.apply(writeHead, this, given);
  };
  return false;
}
