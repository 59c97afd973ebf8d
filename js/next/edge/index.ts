// `throughline/next` in the edge runtime: traces are continued and carried on. Next.js bundles it into
// instrumentation.ts and into every route by itself; the copy that comes first is that of all.
import * as own from './all.js';

const shared = globalThis as Record<symbol, typeof own | undefined>;

export const {
  addBreadcrumb,
  addEventProcessor,
  browserTracingIntegration,
  captureRequestError,
  captureRouterTransitionStart,
  close,
  continueTrace,
  explainTrace,
  flush,
  getActiveSpan,
  getClient,
  getCurrentScope,
  getGlobalScope,
  getIsolationScope,
  getRootSpan,
  getSpanDescendants,
  getTraceData,
  getTraceMetaTags,
  init,
  Scope,
  serializeBaggage,
  setContext,
  setExtra,
  setExtras,
  setHttpStatus,
  setMeasurement,
  setTag,
  setTags,
  setUser,
  spanIsSampled,
  spanToBaggageHeader,
  spanToJSON,
  spanToTraceContext,
  spanToTraceHeader,
  spanToTraceparentHeader,
  startInactiveSpan,
  startNewTrace,
  startSpan,
  startSpanManual,
  suppressTracing,
  updateSpanName,
  withActiveSpan,
  withIsolationScope,
  withScope,
  withServerActionInstrumentation,
} = (shared[Symbol.for('throughline.edge')] ??= own);

export type Scope = own.Scope;
export * from '../../api/semantic-attributes.js';
export type { ErrorContext, FailedRequest } from '../errors.js';
export type { NextOptions } from '../init.js';
export type { ServerActionOptions } from '../server-action.js';
export type * from '../../api/types.js';
