import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { current, type Client, type Session } from './client.js';
import { activeHandle, handleOf, here, within, type Fork } from './scopes.js';

/** Header texts around the span id, which is all that changes from request to request. */
export interface HeaderTexts {
  tracePrefix: string;
  traceSuffix: string;
  baggage: string;
  parentPrefix: string;
  parentSuffix: string;
}

/** What a request or a template carries on; absent members are not sent. */
export interface TraceData {
  'sentry-trace'?: string;
  baggage?: string;
  traceparent?: string;
}

/** Options of `getTraceData`. */
export interface TraceDataOptions {
  /** One client runs per page; given for the sake of code that names it. */
  client?: Client;
  /** Return `traceparent` too; the option of the client of that name does not count here. */
  propagateTraceparent?: boolean;
}

/** An incoming trace, as header texts; absent and empty are the same. */
export interface IncomingTrace {
  sentryTrace?: string | undefined;
  baggage?: string | string[] | null | undefined;
  /** Counts with the option `continueTraceparent`, where `sentryTrace` is not usable. */
  traceparent?: string | undefined;
}

/** What is known of the current trace, for "why is my trace not connected?". */
export interface TraceExplanation {
  traceId: string;
  /** Where it came from, or why the incoming one was not continued: name of a reason code. */
  source: string;
  parentSpanId?: string;
  /** Absent: nothing was decided yet. */
  sampled?: boolean;
  /** What made the decision: name of a reason code. */
  decision?: string;
  sampleRand: number;
  /** What `baggage` carries. */
  dsc: Record<string, string>;
}

const SUPPRESSED = 1;
const TRACEPARENT = 2;

/** Asks the core; for a request only when the number of its texts is new. */
export function readHeaderTexts(session: Session, active: number, flags = 0): HeaderTexts {
  const { core } = session;
  const { scope, suppressed } = here();
  const lines = core
    .ask(() => core.raw.tl_header_texts(scope, active, flags | (suppressed ? SUPPRESSED : 0)))
    .split('\n');
  const [tracePrefix = '', traceSuffix = '', text = '', parentPrefix = '', parentSuffix = ''] =
    lines;
  const dsc = lines[5];
  const shaped = dsc ? session.host.recording_?.shapeBaggage_(session, dsc, active) : undefined;
  return { tracePrefix, traceSuffix, baggage: shaped ?? text, parentPrefix, parentSuffix };
}

/** The headers for one span id. */
export function headersFor(texts: HeaderTexts, spanId: string): TraceData {
  const data: TraceData = { 'sentry-trace': texts.tracePrefix + spanId + texts.traceSuffix };
  if (texts.baggage) data.baggage = texts.baggage;
  if (texts.parentPrefix) data.traceparent = texts.parentPrefix + spanId + texts.parentSuffix;
  return data;
}

/** What a request made here and now would carry; `{}` when disabled. */
export function getTraceData(options: TraceDataOptions = {}): TraceData {
  const session = current();
  if (!session || session.options.enabled === false) return {};
  const { core } = session;
  const data = quietly(() => {
    const { scope, active: span } = here();
    const active = activeHandle();
    // Without a root its id stands for nothing.
    let spanId = span && handleOf(span) > 0 ? span.spanContext().spanId : undefined;
    if (spanId === undefined) {
      core.run(() => core.raw.tl_current_span_id(scope, active));
      spanId = core.hex(Cell.spanId, 8);
    }
    const flags = options.propagateTraceparent ? TRACEPARENT : 0;
    return headersFor(readHeaderTexts(session, active, flags), spanId);
  });
  if (data && !options.propagateTraceparent) delete data.traceparent;
  return data ?? {};
}

/** One `<meta>` per entry, a line each, for the head of a page; values are escaped for HTML. */
export function getTraceMetaTags(data: TraceData = getTraceData()): string {
  const core = current()?.core;
  const tags =
    core &&
    quietly(() => {
      const { 'sentry-trace': trace = '', baggage = '', traceparent = '' } = data;
      const texts = core.texts(trace, baggage, traceparent);
      return core.ask(() => core.raw.tl_meta_tags(texts));
    });
  return tags ?? '';
}

/** Runs `callback` in a scope that `open` made in the core. */
function inTrace<T>(open: (core: Core) => void, callback: () => T): T {
  const core = current()?.core;
  const scope =
    core &&
    quietly(() => {
      open(core);
      return core.cells[Cell.spanHandle]!;
    });
  const change: Partial<Fork> = scope ? { scope, active: null } : { active: null };
  return within(change, callback, () => {
    if (!scope || !core.alive) return;
    quietly(() => {
      core.run(() => core.raw.tl_close_scope(scope | 0));
    });
  });
}

/**
 * Runs `callback` in the incoming trace: roots started in it belong there. A trace that may not
 * be continued (malformed, another organisation) becomes a fresh one.
 *
 * Spec: propagation.md section 8.2.
 */
export function continueTrace<T>(incoming: IncomingTrace, callback: () => T): T {
  return inTrace((core) => {
    const { sentryTrace, baggage, traceparent } = incoming;
    const lines = Array.isArray(baggage) ? baggage.join() : baggage;
    // Anything but a text is no header.
    const text = (given: unknown): string => (typeof given === 'string' ? given : '');
    const texts = core.texts(text(sentryTrace), text(lines), text(traceparent));
    core.run(() => core.raw.tl_continue_trace(texts));
  }, callback);
}

/** Runs `callback` in a fresh trace without an active span. */
export function startNewTrace<T>(callback: () => T): T {
  return inTrace((core) => {
    core.run(() => core.raw.tl_start_trace());
  }, callback);
}

/** Where the current trace came from, whether it is recorded, and why; nothing without a core. */
export function explainTrace(): TraceExplanation | undefined {
  const core = current()?.core;
  return (
    core &&
    quietly(() => {
      const { scope } = here();
      const active = activeHandle();
      const json = core.ask(() => core.raw.tl_explain_trace(scope, active));
      return JSON.parse(json) as TraceExplanation;
    })
  );
}
