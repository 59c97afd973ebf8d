import type { Integration, SpanJSON, StreamedSpanJSON } from '../index.js';

/** Hooks of a client that see spans on their way. */
export const SPAN_V2_HOOKS = ['preprocessSpan', 'processSegmentSpan', 'processSpan'] as const;

type Callback = (span: StreamedSpanJSON) => StreamedSpanJSON;

/** How `withStreamedSpan` marks what it returns. */
const MARK = '_streamed';

/** Whether a `beforeSendSpan` takes spans of version 2. */
export function isStreamed(callback: unknown): callback is Callback {
  return typeof callback === 'function' && (callback as { [MARK]?: boolean })[MARK] === true;
}

/**
 * Makes a `beforeSendSpan` of a callback for streamed spans. It may change the span, whose
 * attributes have no types yet; it cannot drop it.
 */
export function withStreamedSpan(callback: Callback): (span: SpanJSON) => SpanJSON {
  const own = (span: StreamedSpanJSON): StreamedSpanJSON => callback(span);
  return Object.assign(own, { [MARK]: true }) as unknown as (span: SpanJSON) => SpanJSON;
}

export const NAME = 'SpanStreaming';

/**
 * Sends spans by themselves, soon after each ended, instead of in the transaction of their root; as
 * `traceLifecycle: 'stream'` does.
 */
export function spanStreamingIntegration(): Integration {
  return { name: NAME };
}
