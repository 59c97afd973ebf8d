// The npm entry `throughline/streaming`: all of the main one, with a core that can stream spans.
export * from './index.js';
export { spanStreamingIntegration, withStreamedSpan } from './streaming/options.js';
// The last, as its import of the bytes is there: they compress better behind the code.
export { init } from './streaming/init.js';
