// The npm entry `throughline/errors`: errors and messages, with the trace that they happened in. A
// bundle of its own beside the main one, of which it uses the client that runs.
export { captureEvent, captureException, captureMessage } from './errors/capture.js';
export type { CaptureContext } from './errors/capture.js';
export type { Event, EventHint } from './index.js';
