// What `throughline/next` has in the edge runtime. What records spans elsewhere is here as well, for
// files that are built for both runtimes, and records none.
export { browserTracingIntegration, captureRouterTransitionStart } from '../browser-only.js';
export { captureRequestError } from '../errors.js';
export { withServerActionInstrumentation } from '../server-action.js';
export { init } from './init.js';
export * from '../../node/api.js';
