import { current } from './api/client.js';

export { init } from './browser/init.js';
export { browserTracingIntegration } from './browser/browser-tracing.js';
export { explainPropagation } from './browser/explain.js';
export { getActiveSpan, spanToJSON, startInactiveSpan, startSpan } from './api/trace.js';
export { getTraceData } from './api/propagation.js';
export type { BrowserTracingOptions } from './browser/browser-tracing.js';
export type { Explanation } from './browser/explain.js';
export type { Client, Integration } from './api/client.js';
export type { ClientOptions, TracePropagationTarget } from './api/options.js';
export type { TraceData } from './api/propagation.js';
export type { Attributes, AttributeValue, Span, SpanContext, TimeInput } from './api/span.js';
export type { StartSpanOptions } from './api/trace.js';

/** The running client. */
export function getClient(): import('./api/client.js').Client | undefined {
  return current();
}

/** As `flush` of the client; true when there is none. */
export function flush(timeout?: number): Promise<boolean> {
  return current()?.flush(timeout) ?? Promise.resolve(true);
}

/** As `close` of the client; true when there is none. */
export function close(timeout?: number): Promise<boolean> {
  return current()?.close(timeout) ?? Promise.resolve(true);
}
