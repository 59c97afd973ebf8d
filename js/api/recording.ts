import type { Recording, Session } from './client.js';
import { flush, onWord, stopTimer } from './delivery.js';
import { readIgnoredSpans } from './ignored-spans.js';
import { emitHook, listen, shapeBaggage, tellListeners } from './hooks.js';
import { forgetListeners } from './listeners.js';
import { makeTransport } from './transport.js';

/**
 * All that spans, hooks and delivery add to a client, for a host that sends like this.
 *
 * @param watch what else the host looks at as long as the client runs; returns what undoes it
 */
export function recordingBy(
  send: Recording['send_'],
  watch?: (session: Session) => () => void,
): Recording {
  let undo: (() => void) | undefined;
  return {
    send_: send,
    opened_(session) {
      tellListeners(session);
      undo = watch?.(session);
    },
    configured_(session) {
      readIgnoredSpans(session);
      makeTransport(session);
    },
    closed_() {
      undo?.();
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
