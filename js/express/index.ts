// All that `throughline/node` has: servers with Express need one import.
export * from '../node/index.js';
