import { quietly } from '../base/quietly.js';
import { Cell } from '../core/module.js';
import { current, warn, type ClientHooks, type Session } from './client.js';
import { here } from './scopes.js';
import { addListener, CORE_HOOKS, emit, isHeard, SPAN_HOOKS } from './listeners.js';
import { RecordedSpan, spanInCells, spanOf, type Attributes, type Span } from './span.js';
import type { StartSpanOptions } from './trace.js';

/** What `beforeSampling` is told; changes of `spanAttributes` and `parentSampled` count. */
export interface SamplingData {
  spanAttributes: Attributes;
  spanName: string;
  parentSampled?: boolean | undefined;
  parentSampleRate?: number | undefined;
}

/** Values of a dynamic sampling context, by key without prefix. */
export type DynamicSamplingContext = Record<string, string | undefined>;

/** What `tracesSampler` is told. */
export interface SamplingContext {
  name: string;
  attributes: Attributes;
  parentSampled?: boolean | undefined;
  parentSampleRate?: number | undefined;
  /** The parent's rate, else its decision as 1 or 0, else `fallback`. */
  inheritOrSampleWith(fallback: number): number;
}

/** Header texts that count instead of those in the page. */
export interface TraceOptions {
  sentryTrace?: string | undefined;
  baggage?: string | undefined;
}

/** A streamed span (envelope.md section 8), attributes without types; times in seconds. */
export interface StreamedSpanJSON {
  trace_id: string;
  span_id: string;
  parent_span_id?: string;
  name: string;
  start_timestamp: number;
  end_timestamp: number;
  is_segment: boolean;
  status: 'ok' | 'error';
  attributes: Record<string, unknown>;
  links?: {
    trace_id: string;
    span_id: string;
    sampled?: boolean;
    attributes?: Record<string, unknown>;
  }[];
}

/** The hooks of a client and what their listeners get. */
export interface Hooks {
  /** A span started: one that is recorded, or an unsampled root. */
  spanStart: (span: Span) => void;
  /** It ended. A root is not sent before all were told. */
  spanEnd: (span: Span) => void;
  /** The same, after all who listen to `spanEnd`. */
  afterSpanEnd: (span: Span) => void;
  /** A root that is streamed is about to be taken down; never called where spans are not. */
  afterSegmentSpanEnd: (span: Span) => void;
  /** A streamed span is on its way, with all that is added to it: before the two others … */
  preprocessSpan: (span: StreamedSpanJSON) => void;
  /** … this one, if it is a root, … */
  processSegmentSpan: (span: StreamedSpanJSON) => void;
  /** … and this one, whatever it is. */
  processSpan: (span: StreamedSpanJSON) => void;
  /** From now on an idle span ends by itself: the document is ready, or `emit` said so. */
  idleSpanEnableAutoFinish: (span: Span) => void;
  /** A page-load span is about to start. */
  startPageLoadSpan: (options: StartSpanOptions, trace?: TraceOptions) => void;
  /** It has started. */
  afterStartPageLoadSpan: (span: Span) => void;
  /** A navigation, or a redirect of the route that is open, is about to be told of; before … */
  beforeStartNavigationSpan: (options: StartSpanOptions, about: { isRedirect: boolean }) => void;
  /** … this one, which gets the same. */
  startNavigationSpan: (options: StartSpanOptions, about: { isRedirect: boolean }) => void;
  /** Before the decision about every root. */
  beforeSampling: (data: SamplingData, result: { decision: boolean }) => void;
  /** Whenever a dynamic sampling context that was made here is used; it may be added to. */
  createDsc: (dsc: DynamicSamplingContext, rootSpan?: Span) => void;
  /** A request has its headers and is about to leave; what is not recorded has a placeholder. */
  beforeOutgoingRequestSpan: (span: Span, hint: RequestHint) => void;
}

/** Which request it is: the arguments of `fetch`, or the XMLHttpRequest. */
export interface RequestHint {
  input?: unknown[];
  xhr?: XMLHttpRequest;
  /** Milliseconds since the Unix epoch. */
  startTimestamp?: number;
}

/** What makes no member of a dynamic sampling context (propagation.md section 3.3). */
const NOTHING: unknown[] = [undefined, null, false, ''];

let isShaping = false;
let isTelling = false;

/** Tells the core which hooks have listeners. */
export function tellListeners({ core }: Session): void {
  const hooks = CORE_HOOKS.reduce(
    (bits, name, bit) => bits | (isHeard(name) ? 1 << bit : 0),
    (isShaping ? 4 : 0) | (isHeard('afterSpanEnd', ...SPAN_HOOKS) ? 8 : 0),
  );
  core.run(() => core.raw.tl_listen(hooks));
}

/** Adds a listener. @returns what takes it away again. */
export function listen<Name extends keyof ClientHooks>(
  session: Session,
  name: Name,
  listener: ClientHooks[Name],
): () => void {
  // Once a client is closed, its listeners would be those of the next.
  if (session.core !== current()?.core) return () => undefined;
  const forget = addListener(name, listener);
  if (!forget) {
    warn(session.options.debug, `client.on: no hook '${name as string}'; ignored`);
    return () => undefined;
  }
  const tell = (): void => {
    quietly(() => {
      if (session.core.alive) tellListeners(session);
    });
  };
  tell();
  return () => {
    forget();
    tell();
  };
}

/** Tells listeners of the spans that started and ended since. */
export function tellOfSpans({ core }: Session): void {
  // Not from within a listener: the outer loop goes on until all is told.
  if (isTelling) return;
  isTelling = true;
  try {
    while (core.alive) {
      core.call(() => core.raw.tl_heard());
      const name = SPAN_HOOKS[core.cells[Cell.reason]! - 1];
      const span = spanInCells(core);
      if (!name || !span) return;
      emit(name, [span]);
      if (name === 'spanEnd') emit('afterSpanEnd', [span]);
    }
  } finally {
    isTelling = false;
  }
}

/** As `Client.emit`. */
export function emitHook<Name extends keyof ClientHooks>(
  { core, host }: Session,
  name: Name,
  given: Parameters<ClientHooks[Name]>,
): void {
  if (core !== current()?.core) return;
  const [span] = given as unknown[];
  if (name === 'idleSpanEnableAutoFinish' && span instanceof RecordedSpan) {
    const now = host.now();
    // The core tells those who listen.
    core.run(() => core.raw.tl_auto_finish(span.handle, now));
  } else {
    emit(name, given);
  }
}

/**
 * Answers the core's question about a root that is to start: asks user code, and leaves what it
 * said in the cells for the repeated call.
 *
 * Spec: propagation.md sections 7.3 and 7.4.
 *
 * @returns the attributes as listeners left them
 */
export function decide({ core, options }: Session, name: string, given: Attributes): Attributes {
  const sampled = core.cells[Cell.parentSampled]!;
  const parentRate = core.cells[Cell.parentRate]!;
  const data: SamplingData = {
    spanAttributes: { ...given },
    spanName: name,
    parentSampled: sampled < 0 ? undefined : sampled === 1,
    parentSampleRate: parentRate < 0 ? undefined : parentRate,
  };
  emit('beforeSampling', [data, { decision: false }]);
  const { spanAttributes, parentSampled, parentSampleRate } = data;
  const sampler: unknown = options.tracesSampler;
  let outcome = 0;
  let rate: unknown;
  if (typeof sampler === 'function') {
    // As HostDecision::Sampler numbers them.
    outcome = 2;
    quietly(() => {
      rate = (sampler as (context: SamplingContext) => unknown)({
        name,
        attributes: spanAttributes,
        parentSampled,
        parentSampleRate,
        inheritOrSampleWith: (fallback) =>
          parentSampleRate ?? (parentSampled === undefined ? fallback : Number(parentSampled)),
      });
      outcome = 1;
    });
  }
  const { cells } = core;
  cells[Cell.parentSampled] = parentSampled === undefined ? -1 : Number(parentSampled);
  cells[Cell.sampler] = outcome;
  cells[Cell.samplerRate] =
    typeof rate === 'string'
      ? parseFloat(rate)
      : typeof rate === 'number' || typeof rate === 'boolean'
        ? Number(rate)
        : NaN;
  return spanAttributes;
}

/**
 * True while listeners run that may still change what is due, or of `createDsc`: what those read is
 * not shown to them again.
 */
export function isListening(): boolean {
  return isShaping || isTelling;
}

/** As `Recording` says. */
export function shapeBaggage(session: Session, dsc: string, active: number): string | undefined {
  if (isShaping) return undefined;
  const { core } = session;
  const { scope } = here();
  core.call(() => core.raw.tl_span_active(scope, active));
  return shapeDsc(session, dsc, core.cells[Cell.rootHandle]!);
}

/** Members that have a value, as texts. */
function membersOf(dsc: object): string[][] {
  return Object.entries(dsc as Record<string, unknown>)
    .filter(([, value]) => !NOTHING.includes(value))
    .slice(0, 64)
    .map(([key, value]) => [key, String(value)]);
}

/**
 * Shows a dynamic sampling context to the listeners of `createDsc`, and leaves in the core what
 * they made of it.
 *
 * @param json the context
 * @param root handle of its root span; 0: none
 * @returns its baggage
 */
export function shapeDsc(session: Session, json: string, root: number): string {
  const { core } = session;
  const dsc = JSON.parse(json) as DynamicSamplingContext;
  const span = spanOf(core, root);
  isShaping = true;
  try {
    tellListeners(session);
    emit('createDsc', [dsc, span]);
    // Values that no text can be made of: as if no listener had been there.
    const members = quietly(() => membersOf(dsc)) ?? membersOf(JSON.parse(json) as object);
    const texts = core.texts(...members.flat());
    return core.ask(() => core.raw.tl_answer_dsc(texts, members.length));
  } finally {
    // Whatever happened: nothing is sent while this is set.
    isShaping = false;
    if (core.alive) tellListeners(session);
  }
}
