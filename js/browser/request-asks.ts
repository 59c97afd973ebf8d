// What a request may ask. Bundles whose core streams spans take js/streaming/request-asks.ts instead
// of this file.
export { answerTarget as answerRequest } from './target-asks.js';
