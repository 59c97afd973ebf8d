// All that `throughline/node` has, with what Next.js needs on its server.
export * from '../node/index.js';
export { initNext as init } from '../node/index.js';
export { browserTracingIntegration, captureRouterTransitionStart } from './browser-only.js';
