import type { EventEmitter } from 'node:events';

import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { runThere, type Context } from './fork-stack.js';
import { stampOf } from './stamp.js';

/** The `emit` of an emitter. */
export type Emit = (this: unknown, event: string | symbol, ...given: unknown[]) => boolean;

type Seen = (event: string | symbol, given: unknown[]) => void;

/** Calls an `emit` as it was called. */
export const callEmit = (emit: Emit, emitter: unknown, given: Parameters<Emit>): boolean =>
  Reflect.apply(emit, emitter, given);

/**
 * From now on all listeners of an emitter run in that context, whenever they were added and whoever
 * emits. What `emit` answers and throws is its own, and no
 * listener is added: an error that nobody listens to still throws, a response that nobody wants is
 * still discarded.
 *
 * @param before is told of each event before the listeners
 */
export function emitIn(emitter: EventEmitter, context: Context, before: Seen): void {
  const { emit: original } = emitter as unknown as { emit: Emit };
  const emit: Emit = function (this: unknown, event, ...given) {
    quietly(() => {
      before(event, given);
    });
    return runThere(context, () => Reflect.apply(original, this, [event, ...given]));
  };
  Object.defineProperty(emitter, 'emit', {
    value: emit,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}

/** What emitters that are many are stamped with (stamp.ts). */
export abstract class Watch {
  /** Where all listeners run; nothing: wherever the event happens. */
  context_: Context | undefined;

  /** Is told of each event after the listeners. */
  abstract after_(emitter: unknown, event: string | symbol): void;
}

/**
 * The same for all emitters of a kind that are stamped with a `Watch`, by one `emit` for all of them.
 *
 * @returns what takes it back
 */
export function emitStamped(prototype: EventEmitter): () => void {
  return patch(prototype as unknown as { emit: Emit }, 'emit', (original) => {
    return function (this: unknown, ...given) {
      const watch = stampOf(this as object);
      if (!(watch instanceof Watch) || !watch.context_) return callEmit(original, this, given);
      try {
        // Where nobody listens it is all the same where they would be.
        if ((this as EventEmitter).listenerCount(given[0]) === 0) {
          return callEmit(original, this, given);
        }
        return runThere(watch.context_, callEmit, original, this, given);
      } finally {
        quietly(() => {
          watch.after_(this, given[0]);
        });
      }
    };
  });
}
