import { quietly } from '../base/quietly.js';
import { Cell, Word } from '../core/module.js';
import { current, type Session } from './client.js';
import { decide } from './hooks.js';
import { getTraceData as dataHere, type TraceData, type TraceDataOptions } from './propagation.js';
import type { Scope } from './scope.js';
import { activeHandle, handleOf, here, inScope, noteRoot, within } from './scopes.js';
import {
  putWithAttributes,
  RecordedSpan,
  spanInCells,
  spanToJSON,
  timeNumber,
  typed,
  type Attributes,
  type Span,
  type SpanLink,
  type TimeInput,
} from './span.js';

/** Most attributes that one start takes along; further ones follow one by one. */
const MAX_AT_START = 70;
/** Flags of a start, as wasm/bindings/spans_hot.cpp numbers them. */
export const enum Flag {
  noParent = 1,
  onlyIfParent = 2,
  answered = 4,
  suppressed = 8,
  forceTransaction = 16,
  idle = 32,
  noAutoFinish = 64,
  noTrim = 128,
  askBeforeEnd = 256,
  standalone = 512,
}

/** What makes a span an idle one. */
interface Idle {
  flags: number;
  /** Milliseconds, in the order of their cells. */
  times: number[];
}

export interface StartSpanOptions {
  name: string;
  /** Kept as attribute `sentry.op`. */
  op?: string;
  attributes?: Attributes;
  startTime?: TimeInput;
  /** A span: parent as given. `null`: a root of its own. Unset: below the active span. */
  parentSpan?: Span | null;
  /** Without a parent: a placeholder that records nothing. */
  onlyIfParent?: boolean;
  /** A transaction of its own in the trace of the parent. */
  forceTransaction?: boolean;
  links?: SpanLink[];
  experimental?: {
    /** Sent by itself when it ends, in no transaction. */
    standalone?: boolean;
  };
  /** Start in this scope instead of the current one; `startSpan` runs in a clone of it. */
  scope?: Scope;
}

/** The active span of the current scope. */
export function getActiveSpan(): Span | undefined {
  const { scope, active } = here();
  if (active !== undefined) return active ?? undefined;
  return quietly(() => {
    const core = current()?.core;
    if (!core) return undefined;
    core.call(() => core.raw.tl_span_active(scope, 0));
    return spanInCells(core);
  });
}

function start(
  session: Session,
  options: StartSpanOptions,
  idle: Idle | undefined,
  attributes = options.attributes,
  answered = 0,
): RecordedSpan {
  const { core, host } = session;
  // First: on a server it may call the core, which takes the texts then.
  const { scope, suppressed } = here();
  const { name, op, parentSpan, onlyIfParent, forceTransaction } = options;
  const now = host.now();
  const all = typed(attributes, op);
  const first = all.slice(0, 3 * MAX_AT_START);
  const [nameBytes = 0] = putWithAttributes(core, [name], first);
  const parent = parentSpan instanceof RecordedSpan ? handleOf(parentSpan) : 0;
  const unrecorded = suppressed || (parentSpan instanceof RecordedSpan && parentSpan.suppressed);
  const flags =
    (parentSpan === null ? Flag.noParent : 0) |
    (onlyIfParent ? Flag.onlyIfParent : 0) |
    (forceTransaction ? Flag.forceTransaction : 0) |
    answered |
    (options.experimental?.standalone ? Flag.standalone : 0) |
    (idle?.flags ?? 0) |
    (unrecorded ? Flag.suppressed : 0);
  const active = activeHandle();
  const startTime = timeNumber(options.startTime);
  const { raw } = core;
  idle?.times.forEach((time, index) => {
    core.cells[Cell.idleTimeout + index] = time;
  });
  const { text } = core;
  const attributeCount = first.length / 3;
  // As `core.call`, without a closure.
  core.alive = false;
  const word = raw.tl_span_start(
    scope,
    active,
    parent,
    flags,
    text,
    nameBytes,
    attributeCount,
    startTime,
    now,
  );
  core.alive = true;
  core.see(word);
  const span = new RecordedSpan(core);
  span.suppressed = unrecorded;
  core.settle(word);
  if (word & Word.asks) {
    return start(session, options, idle, decide(session, name, attributes ?? {}), Flag.answered);
  }
  for (let i = first.length; i < all.length; i += 3) {
    const key = all[i] as string;
    span.setAttribute(key, attributes![key]);
  }
  if (options.links) span.addLinks(options.links);
  return span;
}

/** Starts a span here, without a fork of its own. */
export function startInactive(options: StartSpanOptions, idle?: Idle): RecordedSpan {
  const session = current();
  const started = session && quietly(() => start(session, options, idle));
  const span = started ?? new RecordedSpan();
  noteRoot(span);
  return span;
}

/** Starts a span that is not made active. */
export function startInactiveSpan(options: StartSpanOptions): Span {
  // Which parent is given, it is active in a fork; there the span starts.
  const isForked = options.parentSpan !== undefined && here().data;
  if (!isForked && !options.scope) return startInactive(options);
  const run = (): Span => startInactive(options);
  return inScope(options.scope, isForked ? () => within({}, run) : run);
}

function noteFailure(span: Span, failed: boolean): void {
  // What the callback said of itself stays.
  const { status = 'ok' } = failed ? spanToJSON(span) : {};
  if (failed && status === 'ok' && span.isRecording()) {
    span.setStatus({ code: 2, message: 'internal_error' });
  }
}

/** Starts a span and runs `callback` with it active. */
function runIn<T>(
  options: StartSpanOptions,
  callback: (span: Span) => T,
  left: (span: Span) => void,
): T {
  return inScope(options.scope, () => {
    const active = startInactive(options);
    return within(
      active.suppressed ? { active, suppressed: true } : { active },
      () => {
        noteRoot(active);
        return callback(active);
      },
      (failed) => {
        noteFailure(active, failed);
        left(active);
      },
    );
  });
}

/**
 * Runs `callback` with a span active, and ends the span when the callback returns, throws or
 * its promise settles. Result, promise and error are the callback's own.
 */
export function startSpan<T>(options: StartSpanOptions, callback: (span: Span) => T): T {
  return runIn(options, callback, (span) => {
    span.end();
  });
}

/**
 * As `startSpan`, but the span goes on until `finish` is called, or its `end`. Where the callback
 * fails, the status of the span says so.
 */
export function startSpanManual<T>(
  options: StartSpanOptions,
  callback: (span: Span, finish: () => void) => T,
): T {
  const run = (span: Span): T =>
    callback(span, () => {
      span.end();
    });
  return runIn(options, run, () => undefined);
}

/** Runs `callback` with that span active, or with none. */
export function withActiveSpan<T>(span: Span | null, callback: () => T): T {
  const active = span instanceof RecordedSpan ? span : null;
  // In a tree the span is the parent itself; else its root is, which is recorded.
  const isTree = current()?.options.parentSpanIsAlwaysRootSpan === false;
  const suppressed = isTree && active?.suppressed;
  return within(suppressed ? { active, suppressed } : { active }, callback);
}

/**
 * Runs `callback` so that spans started in it, as long as it has not returned, are placeholders
 * and are not counted. Requests carry on the trace, as not sampled.
 */
export function suppressTracing<T>(callback: () => T): T {
  return within({ suppressed: true }, callback, undefined, true);
}

/** Options of `getTraceData`. */
export interface SpanDataOptions extends TraceDataOptions {
  /** Instead of the active span. */
  span?: Span;
}

/** What a request made now would carry, for templates and own transports; `{}` when disabled. */
export function getTraceData({ span, ...options }: SpanDataOptions = {}): TraceData {
  const read = (): TraceData => dataHere(options);
  return span instanceof RecordedSpan ? within({ active: span }, read) : read();
}
