import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  IncomingMessage as HttpRequest,
  ServerResponse as HttpResponse,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

import type { Session } from '../api/client.js';
import { decide } from '../api/hooks.js';
import { getIsolationScope } from '../api/scope.js';
import { RecordedSpan, type Attributes } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import { Cell, Word } from '../core/module.js';
import { openScope, unrecordedRoot } from './caller.js';
import { callEmit, emitWhereHeard, hearDerived, tellWatches, Watch, type Emit } from './emitter.js';
import { How, ServerCell, type ServerExports } from './exports.js';
import { forgetRoot } from './families.js';
import { patchHot } from './hot-patch.js';
import { isQuiet } from './quiet-paths.js';
import {
  here,
  passedContext,
  requestContext,
  runThere,
  startedThere,
  type Context,
} from './fork-stack.js';
import { noteAhead, PassedRequest, passesNext } from './passing.js';
import { stamp, stampOf } from './stamp.js';

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

const CHANNEL = 'http.server.request.start';
/** What a response says when it ends. */
const isEnd = (event: string | symbol): boolean =>
  event === 'finish' || event === 'close' || event === 'error';

const first = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? '';

function isSpanWanted(options: IncomingOptions, request: IncomingMessage): boolean {
  const { ignoreIncomingRequests: isIgnored } = options;
  const { url = '/' } = request;
  if (options.spans === false || options.disableIncomingRequestSpans === true) return false;
  if (isQuiet(url) || here().suppressed) return false;
  return !isIgnored || quietly(() => isIgnored(url, request)) !== true;
}

/** The span of a request whose root the core wants to know all about; nothing if it gives none. */
function startSpan(
  session: Session,
  request: IncomingMessage,
  scope: number,
): RecordedSpan | undefined {
  const { core, host } = session;
  const { headers, socket, url = '/', method = 'GET' } = request;
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

/** A request that is being answered, with which it and its response are stamped. */
class Incoming extends Watch {
  private readonly session_: Session;
  private readonly request_: IncomingMessage;
  private readonly response_: ServerResponse;
  private span_: RecordedSpan | undefined;
  private passed_: PassedRequest | undefined;
  private how_ = How.complete;
  private finished_ = NaN;

  constructor(session: Session, request: IncomingMessage, response: ServerResponse) {
    super();
    this.session_ = session;
    this.request_ = request;
    this.response_ = response;
  }

  /** Makes the context of the request. */
  start_(options: IncomingOptions): void {
    const session = this.session_;
    const { headers } = this.request_;
    const hasCaller = Boolean(first(headers['sentry-trace']) || first(headers.traceparent));
    const isWanted = isSpanWanted(options, this.request_);
    if (hasCaller || !passesNext(session)) {
      this.enter_(hasCaller, isWanted);
      return;
    }
    const { method = 'GET', url = '/' } = this.request_;
    this.passed_ = new PassedRequest(session, method, url, isWanted);
    this.context_ = passedContext(this.passed_, getIsolationScope().clone());
  }

  /** Opens the context of the request; the core may have none left. */
  private enter_(hasCaller: boolean, isWanted: boolean): void {
    const session = this.session_;
    const request = this.request_;
    const { headers } = request;
    const { core, host } = session;
    const { scope, word } = openScope(
      core,
      [
        first(headers['sentry-trace']),
        first(headers.baggage),
        first(headers.traceparent),
        request.method ?? 'GET',
        request.url ?? '/',
      ],
      isWanted,
      host.now(),
    );
    const { cells } = core;
    const wantsAll = cells[ServerCell.wantsAll] === 1;
    if (!hasCaller) noteAhead(session, cells[ServerCell.passAhead]!);
    this.span_ = unrecordedRoot(core);
    const isolation = scope === 0 ? undefined : getIsolationScope().clone();
    if (isolation) this.context_ = requestContext(scope, isolation);
    core.settle(word);
    const context = this.context_;
    if (!context) return;
    if (wantsAll) {
      const span = (this.span_ = quietly(() => startSpan(session, request, scope)));
      if (span?.spanContext().traceFlags === 1) startedThere(context, span.root);
    }
    if (this.span_) context.active_ = this.span_;
  }

  after_(event: string | symbol): void {
    if (event === 'close') this.close_();
    else if (event === 'error') this.how_ = How.failed;
    else if (!this.context_!.trace.isPassed) this.finished_ = this.session_.host.now();
  }

  private close_(): void {
    const passed = this.passed_;
    if (passed?.end_(this.context_!.trace.isPassed)) return;
    const { core, host } = this.session_;
    const { statusCode } = this.response_;
    const handle = (this.span_ ?? passed?.span_)?.handle ?? 0;
    const now = host.now();
    // Its state, before it is sent, becomes that of what goes on after it.
    this.context_!.trace.leaveBy((raw, scope) =>
      raw.tl_end_request(scope, handle | 0, statusCode, this.how_, this.finished_, now),
    );
    forgetRoot(core, handle);
  }
}

/** @returns the context that a request is to run in; nothing: it does already, or there is none */
function enterRequest(
  session: Session,
  options: IncomingOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Context | undefined {
  if (stampOf(request)) return undefined;
  const incoming = new Incoming(session, request, response);
  quietly(() => {
    stamp(request, incoming);
    stamp(response, incoming);
    incoming.start_(options);
    hearDerived(request, HttpRequest.prototype);
    hearDerived(response, HttpResponse.prototype);
  });
  return incoming.context_;
}

/**
 * Puts every request of every http and https server into a context of its own, in the trace that it
 * continues.
 *
 * @returns what takes it back
 */
export function traceServers(session: Session, options: IncomingOptions): () => void {
  const undo = new WeakMap<Server, () => void>();
  const patched = new WeakMap<object, unknown>();
  const servers = new Set<WeakRef<Server>>();

  const watch = (server: Server): void => {
    const owner = server as unknown as { emit: Emit };
    // Somebody else may have replaced it meanwhile.
    if (patched.get(server) === owner.emit) return;
    const restore = patchHot(owner, 'emit', (original, live) => {
      return function (this: unknown, ...given) {
        const context =
          given[0] === 'request' && live.active
            ? enterRequest(
                session,
                options,
                given[1] as IncomingMessage,
                given[2] as ServerResponse,
              )
            : undefined;
        return context
          ? runThere(context, callEmit, original, this, given)
          : Reflect.apply(original, this, given);
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
  const kinds = [
    tellWatches(HttpResponse.prototype, isEnd),
    emitWhereHeard(HttpRequest.prototype),
    emitWhereHeard(HttpResponse.prototype),
  ];
  return () => {
    unsubscribe(CHANNEL, onStart);
    for (const restore of kinds) restore();
    for (const reference of servers) {
      const server = reference.deref();
      if (server) undo.get(server)?.();
    }
  };
}
