export * from './api/semantic-attributes.js';
export { fetchStreamPerformanceIntegration } from './browser/fetch-stream.js';
export { spanToJSON } from './api/span.js';
// For `throughline/errors`, not for applications.
export { openEvent } from './api/delivery.js';
export {
  addChildSpanToSpan,
  getRootSpan,
  getSpanDescendants,
  setActiveSpanInBrowser,
  setHttpStatus,
  setMeasurement,
  spanIsSampled,
  spanToBaggageHeader,
  spanToTraceContext,
  spanToTraceHeader,
  updateSpanName,
} from './api/span-helpers.js';
export { SentryNonRecordingSpan } from './api/non-recording-span.js';
export { explainPropagation } from './browser/explain.js';
export { startIdleSpan } from './api/idle.js';
export {
  getActiveSpan,
  getTraceData,
  startInactiveSpan,
  startSpan,
  startSpanManual,
  suppressTracing,
  withActiveSpan,
} from './api/trace.js';
export {
  browserTracingIntegration,
  reportPageLoaded,
  startBrowserTracingNavigationSpan,
  startBrowserTracingPageLoadSpan,
} from './browser/browser-tracing.js';
export { close, flush, getClient } from './api/running.js';
export {
  addBreadcrumb,
  addEventProcessor,
  getCurrentScope,
  getGlobalScope,
  getIsolationScope,
  Scope,
  setContext,
  setExtra,
  setExtras,
  setTag,
  setTags,
  setUser,
  withIsolationScope,
  withScope,
} from './api/scope.js';
export { continueTrace, explainTrace, getTraceMetaTags, startNewTrace } from './api/propagation.js';
// The last, as its import of the bytes is there: they compress better behind the code.
export { init } from './browser/init.js';
export type { BrowserTracingOptions } from './browser/page-tracing.js';
export type { Explanation } from './browser/explain.js';
export type { IdleSpanOptions } from './api/idle.js';
export type * from './api/types.js';
