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
export { withStreamedSpan } from '../streaming/options.js';
export * from './api.js';
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
