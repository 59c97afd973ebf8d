import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { current } from './client.js';
import { spanOf, type Span } from './span.js';
import { Flag, startInactive, type StartSpanOptions } from './trace.js';

/** Options of `startIdleSpan`; times in milliseconds. */
export interface IdleSpanOptions {
  /** It ends this long after its last activity. Default 1000. */
  idleTimeout?: number;
  /** … and this long after it was created at the latest. Default 30000. */
  finalTimeout?: number;
  /** … or when this long nothing was started below it while something is open. Default 15000. */
  childSpanTimeout?: number;
  /** Only `finalTimeout` ends it, until `client.emit('idleSpanEnableAutoFinish', span)`. */
  disableAutoFinish?: boolean;
  /** Its end is the one of the span below it that ended last. Default true. */
  trimIdleSpanEndTimestamp?: boolean;
  /** Called once, whatever ends it, while it still records. */
  beforeSpanEnd?: (span: Span) => void;
}

// Idle, final and child span timeout.
const DEFAULTS = [1000, 30_000, 15_000];

// By handle of the idle span, which has them as long as it is open.
const waiting = new Map<number, (span: Span) => void>();
let waitingFor: Core | undefined;

/** Answers the core, which is about to end an idle span. */
export function tellBeforeEnd(core: Core): void {
  const handle = core.cells[Cell.spanHandle]!;
  const before = waiting.get(handle);
  waiting.delete(handle);
  const span = spanOf(core, handle);
  if (before && span) {
    quietly(() => {
      before(span);
    });
  }
}

/**
 * Starts a span that is active until it ends by itself, once nothing happens below it any more.
 *
 * Spec: lifecycle.md section 6.
 */
export function startIdleSpan(
  options: StartSpanOptions,
  {
    idleTimeout,
    finalTimeout,
    childSpanTimeout,
    disableAutoFinish,
    trimIdleSpanEndTimestamp = true,
    beforeSpanEnd,
  }: IdleSpanOptions = {},
): Span {
  const flags =
    Flag.idle |
    (disableAutoFinish ? Flag.noAutoFinish : 0) |
    (trimIdleSpanEndTimestamp ? 0 : Flag.noTrim) |
    (beforeSpanEnd ? Flag.askBeforeEnd : 0);
  const span = startInactive(options, {
    flags,
    times: [idleTimeout, finalTimeout, childSpanTimeout].map((time, index) =>
      time! >= 0 ? time! : DEFAULTS[index]!,
    ),
  });
  const core = current()?.core;
  // After `close` and `init` the same number is another span.
  if (waitingFor !== core) waiting.clear();
  waitingFor = core;
  if (beforeSpanEnd && span.handle) waiting.set(span.handle, beforeSpanEnd);
  return span;
}
