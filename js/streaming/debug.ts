// The npm entry `throughline/streaming/debug`: `throughline/debug` beside `throughline/streaming`.
export * from '../debug.js';
