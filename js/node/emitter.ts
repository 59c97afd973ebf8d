import type { EventEmitter } from 'node:events';

import { quietly } from '../base/quietly.js';
import { runThere, type Context } from './fork-stack.js';
import { patchHot } from './hot-patch.js';
import { stampOf } from './stamp.js';

/** The `emit` of an emitter. */
export type Emit = (this: unknown, event: string | symbol, ...given: unknown[]) => boolean;

type Listen = (this: unknown, event: unknown, listener: unknown) => unknown;

type Seen = (event: string | symbol, given: unknown[]) => void;

/** Calls an `emit` as it was called. */
export const callEmit = (emit: Emit, emitter: unknown, given: Parameters<Emit>): boolean =>
  Reflect.apply(emit, emitter, given);

/**
 * From now on all listeners of an emitter run in that context, whenever they were added and whoever
 * emits. What `emit` answers and throws is its own, and no listener is added: an error that nobody
 * listens to still throws, a response that nobody wants is still discarded.
 *
 * @param before is told of each event before the listeners
 */
export function emitIn(emitter: EventEmitter, context: Context, before?: Seen): void {
  const { emit: original } = emitter as unknown as { emit: Emit };
  const emit: Emit = function (this: unknown, event, ...given) {
    quietly(() => {
      before?.(event, given);
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
  /** Those of its emitters that somebody listens to: they have an `emit` of their own. */
  heard_: unknown[] | undefined;

  /** Is told of an event that it awaits, after the listeners. */
  abstract after_(event: string | symbol): void;
}

/** The watch that an emitter is stamped with, once there is a context to run in. */
function watchOf(emitter: unknown): (Watch & { context_: Context }) | undefined {
  const watch = stampOf(emitter);
  return watch instanceof Watch && watch.context_
    ? (watch as Watch & { context_: Context })
    : undefined;
}

// What follows runs several times per request. A function that is made in one of the replaced ones
// would cost each of their calls, also those that do not make it: its variables need a place.

function tellAfter(watch: Watch, emit: Emit, emitter: unknown, given: Parameters<Emit>): boolean {
  try {
    return callEmit(emit, emitter, given);
  } finally {
    quietly(() => {
      watch.after_(given[0]);
    });
  }
}

/**
 * Tells the watches of all emitters of a kind of the events that they await, by one `emit` for all of
 * them.
 *
 * @returns what takes it back
 */
export function tellWatches(
  prototype: EventEmitter,
  isAwaited: (event: string | symbol) => boolean,
): () => void {
  const owner = prototype as unknown as { emit: Emit };
  return patchHot(owner, 'emit', (original, live) => {
    return function (this: unknown, ...given) {
      const watch = live.active && isAwaited(given[0]) ? watchOf(this) : undefined;
      return watch ? tellAfter(watch, original, this, given) : Reflect.apply(original, this, given);
    };
  });
}

/**
 * With this Node listens to the end of a request that was answered before. It needs no context, and
 * it is the only listener that most requests have.
 */
const NODES_OWN = 'clearIncoming';

function hear(
  watch: Watch & { context_: Context },
  emitter: EventEmitter,
  listener?: unknown,
): void {
  quietly(() => {
    if ((listener as { name?: unknown } | undefined)?.name === NODES_OWN) return;
    (watch.heard_ ??= []).push(emitter);
    emitIn(emitter, watch.context_);
  });
}

/**
 * Of a class that is derived from `prototype`, an emitter may listen to itself since before it was
 * stamped: its listeners run in the context as well.
 */
export function hearDerived(emitter: EventEmitter, prototype: object): void {
  if (Object.getPrototypeOf(emitter) === prototype) return;
  const watch = watchOf(emitter);
  if (watch) hear(watch, emitter);
}

/**
 * Lets all listeners of emitters of a kind that are stamped with a `Watch` run in its context, as
 * `emitIn` does. Nothing happens to an emitter until the first one is added: mostly nobody listens.
 *
 * @returns what takes it back
 */
export function emitWhereHeard(prototype: EventEmitter): () => void {
  const owner = prototype as unknown as Record<'on' | 'addListener' | 'prependListener', Listen>;
  // All others add their listeners by these.
  const undo = (['on', 'addListener', 'prependListener'] as const).map((name) =>
    patchHot(owner, name, (original, live) => {
      return function (this: unknown, ...given) {
        const watch = live.active ? watchOf(this) : undefined;
        if (watch && !watch.heard_?.includes(this)) {
          hear(watch, this as EventEmitter, given[1]);
        }
        return Reflect.apply(original, this, given);
      };
    }),
  );
  return () => {
    for (const restore of undo) restore();
  };
}
