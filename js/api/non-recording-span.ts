import { startNewTrace } from './propagation.js';
import { RecordedSpan, type SpanContext } from './span.js';
import { startInactiveSpan, suppressTracing } from './trace.js';

/** A span that records nothing and has ids: those given, else some of its own (zeros where nothing runs). */
export class SentryNonRecordingSpan extends RecordedSpan {
  constructor(context: Partial<SpanContext> = {}) {
    super();
    const own = startNewTrace(() =>
      suppressTracing(() => startInactiveSpan({ name: '' })),
    ).spanContext();
    this.context_.traceId = context.traceId ?? own.traceId;
    this.context_.spanId = context.spanId ?? own.spanId;
  }
}
