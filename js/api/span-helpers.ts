import { quietly } from '../base/quietly.js';
import { current } from './client.js';
import { here } from './scopes.js';
import type { SpanJSON } from './shaping.js';
import { RecordedSpan, spanInCells, spanOf, spanToJSON, type Span } from './span.js';
import { getActiveSpan, getTraceData } from './trace.js';

/** The root of the tree that the span belongs to; a root's is itself. */
export function getRootSpan(span: Span): Span {
  const core = current()?.core;
  if (!core || !(span instanceof RecordedSpan) || span.root === span.handle) return span;
  return span.rootSpan_ ?? quietly(() => spanOf(core, span.root)) ?? span;
}

/** The span and what was started below it, depth first; only what is recorded. */
export function getSpanDescendants(span: Span): Span[] {
  const core = current()?.core;
  const all: Span[] = spanIsSampled(span) ? [span] : [];
  if (core && all.length && span instanceof RecordedSpan) {
    quietly(() => {
      for (;;) {
        core.call(() => core.raw.tl_span_below(span.handle, all.length));
        const below = spanInCells(core);
        if (!below) return;
        all.push(below);
      }
    });
  }
  return all;
}

/**
 * Hangs `child` below `span`, where both are of one tree: for integrations that find out later what
 * belongs where. Its `parent_span_id` stays as it is.
 */
export function addChildSpanToSpan(span: Span, child: Span): void {
  const core = current()?.core;
  if (!core || !(span instanceof RecordedSpan) || !(child instanceof RecordedSpan)) return;
  quietly(() => {
    core.run(() => core.raw.tl_span_add_child(span.handle, child.handle));
  });
}

/** Whether the span is sampled. */
export function spanIsSampled(span: Span): boolean {
  return span.spanContext().traceFlags === 1;
}

/** Text of a `sentry-trace` header of the span. `getTraceData` knows of undecided traces too. */
export function spanToTraceHeader(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `${traceId}-${spanId}-${traceFlags}`;
}

/** Text of a `baggage` header with the dynamic sampling context of the span's root. */
export function spanToBaggageHeader(span: Span): string | undefined {
  return getTraceData({ span }).baggage;
}

/** The trace context of events: what `spanToJSON` tells, but for name and times. */
export function spanToTraceContext(span: Span): SpanJSON {
  const json = spanToJSON(span);
  const { trace_id, span_id, parent_span_id, data, op, status, origin, links } = json;
  const context = { trace_id, span_id, parent_span_id, data, op, status, origin, links };
  return JSON.parse(JSON.stringify(context)) as SpanJSON;
}

/** Sets a measurement of the transaction to which the span, default the active one, belongs. */
export function setMeasurement(
  name: string,
  value: number,
  unit: string,
  span: Span | undefined = getActiveSpan(),
): void {
  const root = span && getRootSpan(span);
  if (root instanceof RecordedSpan) root.measure_(name, value, unit);
}

/** Sets `http.response.status_code` and the status that goes with it (spans.md section 5). */
export function setHttpStatus(span: Span, code: number): void {
  const core = current()?.core;
  if (!core || !(span instanceof RecordedSpan)) return;
  quietly(() => {
    core.run(() => core.raw.tl_span_http_status(span.handle, code));
  });
}

/** Renames the span for good. */
export function updateSpanName(span: Span, name: string): void {
  span.updateName(name);
}

/** Makes a span active until it ends; then the one is active again that was before. */
export function setActiveSpanInBrowser(span: Span): void {
  const core = current()?.core;
  if (!core || !(span instanceof RecordedSpan)) return;
  quietly(() => {
    core.run(() => core.raw.tl_span_activate(here().scope, span.handle));
  });
}
