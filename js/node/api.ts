// What every entry for servers has, whatever they run in.
export { serializeBaggage, spanToTraceparentHeader } from './helpers.js';
export { close, flush, getClient } from '../api/running.js';
export {
  getActiveSpan,
  getTraceData,
  startInactiveSpan,
  startSpan,
  startSpanManual,
  suppressTracing,
  withActiveSpan,
} from '../api/trace.js';
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
} from '../api/scope.js';
export { spanToJSON } from '../api/span.js';
export * from '../api/semantic-attributes.js';
export {
  getRootSpan,
  getSpanDescendants,
  setHttpStatus,
  setMeasurement,
  spanIsSampled,
  spanToBaggageHeader,
  spanToTraceContext,
  spanToTraceHeader,
  updateSpanName,
} from '../api/span-helpers.js';
export {
  continueTrace,
  explainTrace,
  getTraceMetaTags,
  startNewTrace,
} from '../api/propagation.js';
export type * from '../api/types.js';
