import type { Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';

/** As the peer calls it: pages of both may follow each other. */
const KEY = 'sentry_previous_trace';

/** As stored; somebody else may have written it. */
interface PreviousTrace {
  spanContext: { traceId: unknown; spanId: unknown; traceFlags: unknown };
  /** Seconds. */
  startTimestamp: unknown;
  sampleRate: unknown;
  sampleRand: unknown;
}

/** Keeps what the next page of the session wants to know of the trace. */
export function storePreviousTrace({ core }: Session): void {
  const json = core.ask(() => core.raw.tl_previous_trace());
  // Storage may be full or forbidden.
  quietly(() => {
    sessionStorage.setItem(KEY, json);
  });
}

/** With `linkPreviousTrace: 'session-storage'`: tells the core what the page before left. */
export function restorePreviousTrace({ core }: Session): void {
  quietly(() => {
    const stored = sessionStorage.getItem(KEY);
    if (!stored) return;
    const { spanContext, startTimestamp, sampleRate, sampleRand } = JSON.parse(
      stored,
    ) as PreviousTrace;
    const ids = core.texts(String(spanContext.traceId), String(spanContext.spanId));
    const numbers = [spanContext.traceFlags, startTimestamp, sampleRate, sampleRand].map(Number);
    const [flags = 0, start = 0, rate = 0, rand = 0] = numbers;
    core.run(() => core.raw.tl_restore_previous_trace(ids, flags, start, rate, rand));
  });
}
