// The npm entry `throughline/streaming/errors`: `throughline/errors` beside `throughline/streaming`.
export * from '../errors.js';
