// The npm entry `throughline/propagation`: meta tags, a fresh trace with every navigation, headers;
// no spans, nothing is sent.
export { continueTrace, getTraceData, startNewTrace } from './api/propagation.js';
export { close, flush, getClient } from './api/running.js';
export { explainPropagation } from './browser/explain.js';
// The last, as its import of the bytes is there: 0.1 KB brotli where they stand behind the rest.
export { browserTracingIntegration, init } from './browser/propagation.js';
export type { BrowserTracingOptions } from './browser/page-tracing.js';
export type { Explanation } from './browser/explain.js';
export type { Client, Integration } from './api/client.js';
export type { ClientOptions, TracePropagationTarget } from './api/options.js';
export type { IncomingTrace, TraceData, TraceDataOptions } from './api/propagation.js';
