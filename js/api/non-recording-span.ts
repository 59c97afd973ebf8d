import { startNewTrace } from './propagation.js';
import { RecordedSpan, type SpanContext } from './span.js';
import { startInactiveSpan, suppressTracing } from './trace.js';

/** A span that records nothing and has ids: those given, else some of its own. */
export class SentryNonRecordingSpan extends RecordedSpan {
  constructor(context: Partial<SpanContext> = {}) {
    super();
    const { traceId, spanId } = startNewTrace(() =>
      suppressTracing(() => startInactiveSpan({ name: '' })),
    ).spanContext();
    Object.assign(this.context_, { traceId, spanId, ...context, traceFlags: 0 });
  }
}
