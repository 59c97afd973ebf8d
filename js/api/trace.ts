import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { current } from './client.js';
import {
  attributeOf,
  RecordedSpan,
  timeNumber,
  type Attributes,
  type Span,
  type TimeInput,
} from './span.js';

/** The scope of a page; servers open more. */
export const SCOPE = 1;
/** Most attributes that one start takes along; further ones follow one by one. */
const MAX_AT_START = 70;
/** No handle has this number: "no span is active here". */
const NO_SPAN = -1;

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
}

// Spans made active by callbacks, innermost last. Browsers have no async context, so there is
// one stack (propagation.md section 8.2); below it stands what the core keeps for the scope.
const forks: (RecordedSpan | null)[] = [];

/** The handle that travels with an event; 0: whatever is active in the scope itself. */
export function activeHandle(): number {
  const fork = forks[forks.length - 1];
  if (fork === undefined) return 0;
  return handleOf(fork) || NO_SPAN;
}

// A placeholder below an unsampled root stands for that root.
function handleOf(span: RecordedSpan | null): number {
  return span === null ? 0 : span.handle || span.root;
}

let lastActive: RecordedSpan | undefined;

/** The active span of the current scope. */
export function getActiveSpan(): Span | undefined {
  const fork = forks[forks.length - 1];
  if (fork !== undefined) return fork ?? undefined;
  return quietly(() => {
    const core = current()?.core;
    if (!core) return undefined;
    core.call(() => core.module.raw.tl_span_active(SCOPE));
    const handle = core.cells[Cell.spanHandle]!;
    if (handle === 0) return (lastActive = undefined);
    // Asking twice gives the same object.
    if (lastActive?.handle !== handle) lastActive = new RecordedSpan(core);
    return lastActive;
  });
}

function start(core: Core, now: number, options: StartSpanOptions): RecordedSpan {
  const { name, op, attributes, parentSpan, onlyIfParent } = options;
  const given: Attributes = { ...(op !== undefined && { 'sentry.op': op }), ...attributes };
  const all = Object.entries(given).map(([key, value]) => ({ key, ...attributeOf(value) }));
  const first = all.slice(0, MAX_AT_START);
  core.write(first.reduce((units, { key, text }) => units + key.length + text.length, name.length));
  const nameBytes = core.put(name);
  let cell: number = Cell.input;
  for (const { key, type, number, text } of first) {
    core.cells[cell++] = core.put(key);
    core.cells[cell++] = type;
    core.cells[cell++] = text ? core.put(text) : number;
  }
  const parent = parentSpan instanceof RecordedSpan ? handleOf(parentSpan) : 0;
  const flags = (parentSpan === null ? 1 : 0) | (onlyIfParent ? 2 : 0);
  const active = activeHandle();
  const startTime = timeNumber(options.startTime);
  const { raw } = core.module;
  const word = core.call(() =>
    raw.tl_span_start(
      SCOPE,
      active,
      parent,
      flags,
      core.text,
      nameBytes,
      first.length,
      startTime,
      now,
    ),
  );
  const span = new RecordedSpan(core);
  core.settle(word);
  for (const { key } of all.slice(MAX_AT_START)) span.setAttribute(key, given[key]);
  return span;
}

/** Starts a span that is not made active. */
export function startInactiveSpan(options: StartSpanOptions): Span {
  const client = current();
  const started = client && quietly(() => start(client.core, client.host.now(), options));
  return started ?? new RecordedSpan();
}

function settled(span: Span, failed: boolean): void {
  if (failed) span.setStatus({ code: 2, message: 'internal_error' });
  span.end();
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}

/**
 * Runs `callback` with a span active, and ends the span when the callback returns, throws or
 * its promise settles. Result, promise and error are the callback's own.
 */
export function startSpan<T>(options: StartSpanOptions, callback: (span: Span) => T): T {
  const span = startInactiveSpan(options);
  const fork = span instanceof RecordedSpan ? span : null;
  if (fork) forks.push(fork);
  const leave = (failed: boolean): void => {
    const at = fork ? forks.lastIndexOf(fork) : -1;
    if (at >= 0) forks.splice(at, 1);
    settled(span, failed);
  };
  let result: T;
  try {
    result = callback(span);
  } catch (error) {
    leave(true);
    throw error;
  }
  if (!isThenable(result)) {
    leave(false);
    return result;
  }
  // Watched on the side: the caller gets the callback's own promise.
  quietly(() => {
    (result as PromiseLike<unknown>).then(
      () => {
        leave(false);
      },
      () => {
        leave(true);
      },
    );
  });
  return result;
}

/** The span as JSON, as it stands now; ids only once it was sent. */
export function spanToJSON(span: Span): Record<string, unknown> {
  const core = current()?.core;
  const handle = span instanceof RecordedSpan ? span.handle : 0;
  const text =
    core &&
    handle &&
    quietly(() =>
      core.ask(() => {
        core.module.spanJson(handle | 0);
      }),
    );
  if (text) return JSON.parse(text) as Record<string, unknown>;
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId, data: {} };
}
