// `throughline/next` in pages: all that `throughline` has, with page loads and navigations as the
// routers of Next.js make them.
export * from '../../index.js';
export { init } from './init.js';
export { browserTracingIntegration } from './tracing.js';
export { captureRouterTransitionStart } from './navigations.js';
