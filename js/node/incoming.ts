import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { Session } from '../api/client.js';
import { decide } from '../api/hooks.js';
import { getIsolationScope } from '../api/scope.js';
import { noteRoot } from '../api/scopes.js';
import { RecordedSpan, type Attributes } from '../api/span.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell, Word } from '../core/module.js';
import { emitIn } from './emitter.js';
import { How, type ServerExports } from './exports.js';
import { isQuiet } from './quiet-paths.js';
import {
  here,
  leaveContext,
  requestContext,
  runThere,
  withSpan,
  type Context,
} from './fork-stack.js';

/** What concerns requests that come in. */
export interface IncomingOptions {
  /** `false`: no spans, the trace is continued and carried on all the same. */
  spans?: boolean;
  /** `true`: no spans for requests that come in; those that go out have them. */
  disableIncomingRequestSpans?: boolean;
  /** No spans for GET requests of icons, images, style sheets and the like. Default true. */
  ignoreStaticAssets?: boolean;
  /** `true`: no span for this request. `urlPath`: path and query. */
  ignoreIncomingRequests?: (urlPath: string, request: IncomingMessage) => boolean;
  /** Status codes, or pairs of first and last, of which no transaction is sent. */
  dropSpansForIncomingRequestStatusCodes?: (number | [number, number])[];
}

type Emit = (this: unknown, event: string | symbol, ...given: unknown[]) => boolean;

const CHANNEL = 'http.server.request.start';

const first = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? '';

/** Opens a scope in the trace of those headers. @returns its handle, 0 for none */
export function openScope(core: Core, ...headers: [string, string, string]): number {
  const raw = core.raw as ServerExports;
  const texts = core.texts(...headers);
  const word = core.call(() => raw.tl_open_request(texts));
  const scope = core.cells[Cell.spanHandle]!;
  core.settle(word);
  return scope;
}

/** The span of a request; nothing if there is to be none. */
function startSpan(
  session: Session,
  options: IncomingOptions,
  request: IncomingMessage,
  scope: number,
): RecordedSpan | undefined {
  const { core, host } = session;
  const { headers, socket, url = '/', method = 'GET' } = request;
  const { ignoreIncomingRequests: isIgnored } = options;
  const unwanted =
    options.spans === false ||
    options.disableIncomingRequestSpans === true ||
    isQuiet(url) ||
    here().suppressed ||
    quietly(() => isIgnored?.(url, request) === true);
  if (unwanted) return undefined;
  const raw = core.raw as ServerExports;
  const now = host.now();
  let left: Attributes | undefined;
  // At the most one question: about the decision.
  for (let answered = 0; answered < 2; answered++) {
    const texts = core.texts(
      method,
      url,
      request.httpVersion,
      headers.host ?? '',
      first(headers['x-forwarded-host']),
      first(headers['x-forwarded-proto']),
      first(headers['x-forwarded-for']),
      headers['user-agent'] ?? '',
      headers['content-length'] ?? '',
      first(headers['next-router-prefetch']),
      socket.remoteAddress ?? '',
    );
    const word = core.call(() =>
      raw.tl_incoming(
        scope | 0,
        texts,
        'encrypted' in socket ? 1 : 0,
        socket.remotePort ?? -1,
        socket.localPort ?? -1,
        answered,
        now,
      ),
    );
    if (word & Word.asks) {
      const asked = JSON.parse(core.answer()) as { name: string; attributes: Attributes };
      core.settle(word);
      const { name, attributes } = asked;
      // What listeners of beforeSampling changed; the core has the others.
      const decided = Object.entries(decide(session, name, attributes));
      left = Object.fromEntries(decided.filter(([key, value]) => value !== attributes[key]));
      continue;
    }
    const span = core.cells[Cell.spanHandle] === 0 ? undefined : new RecordedSpan(core);
    core.settle(word);
    if (left) span?.setAttributes(left);
    return span;
  }
  return undefined;
}

/** Opens the context of a request and watches the response; nothing where the core gives none. */
function open(
  session: Session,
  options: IncomingOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Context | undefined {
  const { core, host } = session;
  const raw = core.raw as ServerExports;
  const { headers } = request;
  const scope = openScope(
    core,
    first(headers['sentry-trace']),
    first(headers.baggage),
    first(headers.traceparent),
  );
  if (scope === 0) return undefined;
  const outside = requestContext(scope, getIsolationScope().clone());
  const span = quietly(() => startSpan(session, options, request, scope));
  const context = withSpan(outside, span);
  if (span) {
    runThere(context, () => {
      noteRoot(span);
    });
  }
  let how = How.complete;
  let finished = NaN;
  emitIn(request, context);
  const after = (event: string | symbol): void => {
    if (event === 'error') how = How.failed;
    else if (event === 'finish') finished = host.now();
    if (event !== 'close') return;
    if (span && core.alive) {
      const now = host.now();
      const { statusCode } = response;
      // Its state, before it is sent, becomes that of what goes on after it.
      leaveContext(context, span.handle);
      core.run(() => raw.tl_end_incoming(span.handle, statusCode, how, finished, now));
    } else {
      leaveContext(context, 0);
    }
  };
  emitIn(response, context, { after });
  return context;
}

/**
 * Puts every request of every http and https server into a context of its own, in the trace that it
 * continues.
 *
 * @returns what takes it back
 */
export function traceServers(session: Session, options: IncomingOptions): () => void {
  const seen = new WeakSet<IncomingMessage>();
  const undo = new WeakMap<Server, () => void>();
  const patched = new WeakMap<object, unknown>();
  const servers = new Set<WeakRef<Server>>();

  const watch = (server: Server): void => {
    const owner = server as unknown as { emit: Emit };
    // Somebody else may have replaced it meanwhile.
    if (patched.get(server) === owner.emit) return;
    const restore = patch(owner, 'emit', (original) => {
      return function (this: unknown, ...given) {
        const pass = (): boolean => Reflect.apply(original, this, given);
        const [event, request, response] = given as [string, IncomingMessage, ServerResponse];
        if (event !== 'request' || seen.has(request)) return pass();
        seen.add(request);
        const context = quietly(() => open(session, options, request, response));
        return context ? runThere(context, pass) : pass();
      };
    });
    patched.set(server, owner.emit);
    undo.set(server, restore);
    servers.add(new WeakRef(server));
  };
  const onStart = (message: unknown): void => {
    quietly(() => {
      watch((message as { server: Server }).server);
    });
  };
  subscribe(CHANNEL, onStart);
  return () => {
    unsubscribe(CHANNEL, onStart);
    for (const reference of servers) {
      const server = reference.deref();
      if (server) undo.get(server)?.();
    }
  };
}
