import type { Recording } from './client.js';
import { flush, onWord, stopTimer } from './delivery.js';
import { readIgnoredSpans } from './ignored-spans.js';
import { emitHook, listen, shapeBaggage, tellListeners } from './hooks.js';
import { forgetListeners } from './listeners.js';

/** All that spans, hooks and delivery add to a client, for a host that sends like this. */
export function recordingBy(send: Recording['send_']): Recording {
  return {
    send_: send,
    opened_: tellListeners,
    configured_: readIgnoredSpans,
    closed_() {
      stopTimer();
      forgetListeners();
    },
    onWord_: onWord,
    flush_: flush,
    listen_: listen,
    emit_: emitHook,
    shapeBaggage_: shapeBaggage,
  };
}
