export { init } from './init.js';
export {
  getDefaultIntegrations,
  httpIntegration,
  nativeNodeFetchIntegration,
} from './integrations.js';
export { expressErrorHandler, setupExpressErrorHandler } from '../express/error-handler.js';
export { instrumentExpress } from '../express/find.js';
export { expressIntegration } from '../express/integration.js';
export { throughlineMiddleware } from '../express/middleware.js';
// For `throughline/next`, which shares the client of this entry.
export { captureRequestError } from '../next/errors.js';
export { initNext } from '../next/init.js';
export { withServerActionInstrumentation } from '../next/server-action.js';
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
export type { ErrorHandler, ErrorHandlerOptions } from '../express/error-handler.js';
export type { Middleware, MiddlewareOptions } from '../express/middleware.js';
export type { TunnelOptions } from '../express/tunnel.js';
export type { ExpressOptions, LayerType } from '../express/layers.js';
export type { ErrorContext, FailedRequest } from '../next/errors.js';
export type { NextOptions } from '../next/init.js';
export type { ServerActionOptions } from '../next/server-action.js';
export type { HttpOptions } from './integrations.js';
export type { FetchOptions } from './fetch.js';
export type { IncomingOptions } from './incoming.js';
export type { NodeOptions } from './options.js';
export type { OutgoingOptions } from './outgoing.js';
export type * from '../api/types.js';
