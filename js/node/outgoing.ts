import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

import type { Session } from '../api/client.js';
import { here } from '../api/scopes.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { emitIn } from './emitter.js';
import { How } from './exports.js';
import { context as contextHere } from './fork-stack.js';
import { attachHeaders, By, endOutgoing, startOutgoing, type HeaderFields } from './request.js';

/** What concerns requests that this process makes. */
export interface OutgoingOptions {
  /** `false`: no spans. */
  spans?: boolean;
  /** `false`: no headers. */
  tracePropagation?: boolean;
  /** `true`: neither span nor headers for this request. */
  ignoreOutgoingRequests?: (url: string, options: RequestOptions) => boolean;
}

/** What types do not tell of a request, but every Node has. */
interface Sent extends ClientRequest {
  agent?: { protocol?: string; options?: RequestOptions };
}

const CHANNEL = 'http.client.request.created';

/** Whether that channel tells of a request before its headers are out. */
function channelTells(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 2) || (major === 22 && minor >= 12);
}

function urlOf(request: Sent): string {
  const { path, protocol, host } = request;
  // To a proxy.
  if (/^https?:\/\//.test(path)) return path;
  const named = request.getHeader('host');
  const authority = typeof named === 'string' && named ? named : host;
  return `${protocol}//${authority}${path}`;
}

const fieldsOf = (request: Sent): HeaderFields => ({
  get: (name) => [request.getHeader(name) ?? []].flat().map(String),
  set(name, value) {
    request.setHeader(name, value);
  },
});

function watch(session: Session, request: Sent, span: number): void {
  let ended = false;
  let response: IncomingMessage | undefined;
  let peer: { peerAddress?: string | undefined; peerPort?: number | undefined } = {};
  const end = (how: How): void => {
    if (ended) return;
    ended = true;
    const size = response?.headers['content-length'];
    endOutgoing(session, span, {
      status: response?.statusCode ?? -1,
      how,
      httpVersion: response?.httpVersion ?? '',
      bodySize: size === undefined ? -1 : Number(size),
      ...peer,
    });
  };
  const context = contextHere();
  // What listeners do may end the root, so the span ends before.
  const ofResponse = (event: string | symbol): void => {
    if (event === 'end') end(How.complete);
    else if (event === 'error' || event === 'aborted') end(How.failed);
  };
  const before = (event: string | symbol, [given]: unknown[]): void => {
    if (event === 'response') {
      response = given as IncomingMessage;
      // By the time that it ends it may have been given back.
      const { remoteAddress, remotePort } = response.socket;
      peer = { peerAddress: remoteAddress, peerPort: remotePort };
      emitIn(response, context, ofResponse);
    } else if (event === 'error') {
      end(How.failed);
    } else if (event === 'close') {
      // Complete, unless it broke off in the middle of a response.
      end(response && !response.complete ? How.failed : How.complete);
    }
  };
  emitIn(request, context, before);
}

/**
 * Makes requests by `node:http` and `node:https` carry the trace.
 *
 * @returns what takes it back
 */
export function traceRequests(session: Session, options: OutgoingOptions): () => void {
  const seen = new WeakSet<ClientRequest>();
  const { spans, tracePropagation, ignoreOutgoingRequests: isIgnored } = options;

  const handle = (request: Sent): void => {
    if (seen.has(request)) return;
    seen.add(request);
    if (here().suppressed) return;
    const url = urlOf(request);
    const agent = request.getHeader('user-agent');
    const { method, host, path, protocol } = request;
    const about = { method, host, path, protocol, hostname: host };
    if (quietly(() => isIgnored?.(url, about) === true)) return;
    const started = startOutgoing(session, {
      by: By.http,
      url,
      method,
      userAgent: typeof agent === 'string' ? agent : '',
      spanWanted: spans !== false,
    });
    if (!started) return;
    const { headers } = started;
    // Whatever becomes of the headers, the span has to end.
    if (headers && tracePropagation !== false && !request.headersSent) {
      quietly(() => {
        attachHeaders(session, fieldsOf(request), headers);
      });
    }
    watch(session, request, started.span);
  };
  const tell = (request: unknown): void => {
    quietly(() => {
      handle(request as Sent);
    });
  };

  if (channelTells()) {
    const onCreated = (message: unknown): void => {
      tell((message as { request: ClientRequest }).request);
    };
    subscribe(CHANNEL, onCreated);
    return () => {
      unsubscribe(CHANNEL, onCreated);
    };
  }

  type Make = (this: unknown, ...given: unknown[]) => ClientRequest;
  const undo: (() => void)[] = [];
  for (const module of [http, https] as unknown as Record<'request' | 'get', Make>[]) {
    undo.push(
      patch(module, 'request', (original) => {
        return function (this: unknown, ...given) {
          const request = Reflect.apply(original, this, given);
          tell(request);
          return request;
        };
      }),
      patch(module, 'get', () => {
        return function (this: unknown, ...given) {
          // Whatever `request` is by now; the original would call its own.
          const request = module.request(...given);
          request.end();
          return request;
        };
      }),
    );
  }
  // Who imported `request` before, or makes a ClientRequest by hand, comes by here.
  type AddRequest = (this: unknown, request: ClientRequest, ...rest: unknown[]) => unknown;
  const agents = http.Agent.prototype as unknown as Record<'addRequest', AddRequest>;
  undo.push(
    patch(agents, 'addRequest', (original) => {
      return function (this: unknown, request, ...rest) {
        tell(request);
        return Reflect.apply(original, this, [request, ...rest]);
      };
    }),
  );
  syncBuiltinESMExports();
  return () => {
    for (const step of undo.reverse()) step();
    syncBuiltinESMExports();
  };
}
