import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import type { Session } from '../api/client.js';
import { here } from '../api/scopes.js';
import { quietly } from '../base/quietly.js';
import { How } from './exports.js';
import { attachHeaders, By, endOutgoing, startOutgoing, type HeaderFields } from './request.js';

/** What concerns `fetch` and undici. */
export interface FetchOptions {
  /** `false`: no spans. */
  spans?: boolean;
  /** `false`: no headers. */
  tracePropagation?: boolean;
  /** `true`: neither span nor headers for this request. */
  ignoreOutgoingRequests?: (url: string) => boolean;
}

/** A request of undici: names and values in turn, or (version 5) the lines of a header block. */
interface UndiciRequest {
  origin: string | URL;
  path: string;
  method: string;
  headers: (string | Buffer | string[])[] | string;
}

interface Response {
  statusCode: number;
  headers: (string | Buffer)[];
}

function headersOf(request: UndiciRequest): HeaderFields {
  const { headers } = request;
  if (typeof headers === 'string') {
    const lines = headers.split('\r\n').filter(Boolean);
    const named = (name: string) => (line: string) => line.toLowerCase().startsWith(`${name}:`);
    return {
      get: (name) => lines.filter(named(name)).map((line) => line.slice(name.length + 1).trim()),
      set(name, value) {
        const others = lines.filter((line) => !named(name)(line));
        lines.splice(0, lines.length, ...others, `${name}: ${value}`);
        request.headers = lines.map((line) => `${line}\r\n`).join('');
      },
    };
  }
  const isNamed = (at: number, name: string): boolean => String(headers[at]).toLowerCase() === name;
  return {
    get(name) {
      const found: string[] = [];
      for (let at = 0; at < headers.length; at += 2) {
        if (isNamed(at, name)) found.push(...[headers[at + 1]!].flat().map(String));
      }
      return found;
    },
    set(name, value) {
      for (let at = headers.length - 2; at >= 0; at -= 2) {
        if (isNamed(at, name)) headers.splice(at, 2);
      }
      headers.push(name, value);
    },
  };
}

/** What is there twice becomes one, before anything else (server.md section 5). */
function reduce(headers: HeaderFields): void {
  const [trace, ...more] = headers.get('sentry-trace');
  if (more.length > 0) headers.set('sentry-trace', trace!);
  const baggage = headers.get('baggage');
  if (baggage.length > 1) headers.set('baggage', baggage.join());
}

/**
 * Makes `fetch` and whatever else undici sends carry the trace; nothing is patched.
 *
 * @returns what takes it back
 */
export function traceUndici(session: Session, options: FetchOptions): () => void {
  const open = new WeakMap<UndiciRequest, { span: number; response?: Response }>();
  const { spans, tracePropagation, ignoreOutgoingRequests: isIgnored } = options;

  const end = (request: UndiciRequest, how: How): void => {
    const known = open.get(request);
    if (!known) return;
    open.delete(request);
    const { response } = known;
    const at = response?.headers.findIndex(
      (name, index) => index % 2 === 0 && String(name).toLowerCase() === 'content-length',
    );
    const size = at !== undefined && at >= 0 ? String(response!.headers[at + 1]) : undefined;
    endOutgoing(session, known.span, {
      status: response?.statusCode ?? -1,
      how,
      bodySize: size === undefined ? -1 : Number(size),
    });
  };
  const on: Record<string, (message: never) => void> = {
    'undici:request:create': ({ request }: { request: UndiciRequest }) => {
      if (request.method === 'CONNECT' || here().suppressed || open.has(request)) return;
      const url = `${String(request.origin)}${request.path}`;
      if (quietly(() => isIgnored?.(url) === true)) return;
      const headers = headersOf(request);
      const started = startOutgoing(session, {
        by: By.fetch,
        url,
        method: request.method,
        userAgent: headers.get('user-agent')[0] ?? '',
        spanWanted: spans !== false,
      });
      if (!started) return;
      open.set(request, { span: started.span });
      if (started.headers && tracePropagation !== false) {
        reduce(headers);
        attachHeaders(session, headers, started.headers);
      }
    },
    'undici:request:headers': (message: { request: UndiciRequest; response: Response }) => {
      const known = open.get(message.request);
      if (known) known.response = message.response;
    },
    'undici:request:trailers': ({ request }: { request: UndiciRequest }) => {
      end(request, How.complete);
    },
    'undici:request:error': (message: { request: UndiciRequest; error?: { name?: string } }) => {
      end(message.request, message.error?.name === 'AbortError' ? How.aborted : How.failed);
    },
  };
  const listeners = Object.entries(on).map(([name, tell]) => {
    const listener = (message: unknown): void => {
      quietly(() => {
        tell(message as never);
      });
    };
    subscribe(name, listener);
    return [name, listener] as const;
  });
  return () => {
    for (const [name, listener] of listeners) unsubscribe(name, listener);
  };
}
