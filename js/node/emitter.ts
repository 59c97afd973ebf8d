import type { EventEmitter } from 'node:events';

import { replace } from '../base/patch.js';
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

  /** Whether it is told of that event. */
  abstract awaits_(emitter: unknown, event: string | symbol): boolean;
  /** Is told of it, after the listeners. */
  abstract after_(event: string | symbol): void;
}

/**
 * The same for all emitters of a kind that are stamped with a `Watch`, by one `emit` for all of them.
 *
 * @returns what takes it back
 */
export function emitStamped(prototype: EventEmitter): () => void {
  const owner = prototype as unknown as { emit: Emit };
  const { emit: original } = owner;
  let active = true;
  // One function and not two, as `patch` has it: this runs eight times per request.
  const restore = replace(owner, 'emit', function (this: unknown, ...given) {
    const watch = active && stampOf(this as object);
    if (!(watch instanceof Watch) || !watch.context_) return callEmit(original, this, given);
    const [event] = given;
    const isAwaited = watch.awaits_(this, event);
    // Where nobody listens it is all the same where they would be.
    const isHeard = (this as EventEmitter).listenerCount(event) > 0;
    if (!isAwaited && !isHeard) return callEmit(original, this, given);
    try {
      return isHeard
        ? runThere(watch.context_, callEmit, original, this, given)
        : callEmit(original, this, given);
    } finally {
      if (isAwaited) {
        quietly(() => {
          watch.after_(event);
        });
      }
    }
  });
  return () => {
    active = false;
    restore();
  };
}
