import { current } from './api/client.js';

export { init } from './browser/init.js';
export {
  browserTracingIntegration,
  startBrowserTracingPageLoadSpan,
} from './browser/browser-tracing.js';
export { explainPropagation } from './browser/explain.js';
export {
  getActiveSpan,
  spanToJSON,
  startInactiveSpan,
  startSpan,
  suppressTracing,
  withActiveSpan,
} from './api/trace.js';
export {
  continueTrace,
  explainTrace,
  getTraceData,
  getTraceMetaTags,
  startNewTrace,
} from './api/propagation.js';
export type { BrowserTracingOptions, TraceOptions } from './browser/browser-tracing.js';
export type { Explanation } from './browser/explain.js';
export type { Client, Integration } from './api/client.js';
export type { ClientOptions, TracePropagationTarget } from './api/options.js';
export type { DynamicSamplingContext, Hooks, SamplingContext, SamplingData } from './api/hooks.js';
export type {
  IncomingTrace,
  TraceData,
  TraceDataOptions,
  TraceExplanation,
} from './api/propagation.js';
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
