import type { EventEmitter } from 'node:events';

import { quietly } from '../base/quietly.js';
import { runThere, type Context } from './fork-stack.js';

type Emit = (this: unknown, event: string | symbol, ...given: unknown[]) => boolean;

type Seen = (event: string | symbol, given: unknown[]) => void;

/**
 * From now on all listeners of an emitter run in that context, whenever they were added and whoever
 * emits. What `emit` answers and throws is its own, and no
 * listener is added: an error that nobody listens to still throws, a response that nobody wants is
 * still discarded.
 *
 * @param seen.before is told of each event before the listeners
 * @param seen.after … after them
 */
export function emitIn(
  emitter: EventEmitter,
  context: Context,
  seen: { before?: Seen; after?: Seen } = {},
): void {
  const { emit: original } = emitter as unknown as { emit: Emit };
  const emit: Emit = function (this: unknown, event, ...given) {
    quietly(() => seen.before?.(event, given));
    try {
      return runThere(context, () => Reflect.apply(original, this, [event, ...given]));
    } finally {
      quietly(() => seen.after?.(event, given));
    }
  };
  Object.defineProperty(emitter, 'emit', {
    value: emit,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}
