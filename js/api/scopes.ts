import { quietly } from '../base/quietly.js';
import type { Scope } from './scope.js';
import type { RecordedSpan } from './span.js';

/** The scope of a page; servers open more. */
export const SCOPE = 1;
/** No handle has this number: "no span is active here". */
const NO_SPAN = -1;

/**
 * Where an event happens: a scope of the core, and what differs from it here. Changing only the
 * active span or the flag needs no scope of its own (design.md decision 13).
 */
export interface Fork {
  readonly scope: number;
  /** `null`: none; `undefined`: whatever is active in the scope itself. */
  readonly active: RecordedSpan | null | undefined;
  /** Inside `suppressTracing`: nothing starts to be recorded. */
  readonly suppressed: boolean;
  /** What it carries to events; nothing as long as nobody asked for a scope (api/scope.ts). */
  data?: Scope;
  /** Handle of the root that started in it last, also of one that started around it. */
  root?: number;
}

/** Where code is that is in no fork. */
export const PAGE: Fork = { scope: SCOPE, active: undefined, suppressed: false };

// Browsers have no async context, so there is one stack (propagation.md section 8.2).
export const forks: Fork[] = [];

/** Where the code that runs now is. */
export function here(): Fork {
  return forks[forks.length - 1] ?? PAGE;
}

/** Leaves all forks: they are of a client that is closed. */
export function forgetForks(): void {
  forks.length = 0;
}

/** Notes that `span`, if it is a root, started here: what is carried here goes with it. */
export function noteRoot({ handle, root }: RecordedSpan): void {
  const fork = here();
  if (handle === 0 || handle !== root || fork === PAGE) return;
  fork.root = root;
  fork.data?.started_(fork);
}

/** The number under which a span stands in the core. */
export function handleOf(span: RecordedSpan): number {
  // A placeholder below an unsampled root stands for that root.
  return span.handle || span.root || NO_SPAN;
}

/** The handle that travels with an event; 0: whatever is active in the scope itself. */
export function activeHandle(): number {
  const { active } = here();
  if (active === undefined) return 0;
  return active === null ? NO_SPAN : handleOf(active);
}

/** A promise, or what behaves like one. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}

/**
 * Runs `callback` in a fork. It is left when the callback returns, throws, or its promise
 * settles; result, promise and error are the callback's own.
 *
 * @param change what differs from here
 * @param left called when the fork was left, with whether the callback failed
 * @param sync leave it when the callback returns, whatever that is
 */
export function within<T>(
  change: Partial<Fork>,
  callback: () => T,
  left?: (failed: boolean) => void,
  sync?: boolean,
): T {
  const fork: Fork = { ...here(), ...change };
  if (!change.data && fork.data) fork.data = fork.data.forked_(fork);
  forks.push(fork);
  const leave = (failed: boolean): void => {
    const at = forks.lastIndexOf(fork);
    if (at >= 0) forks.splice(at, 1);
    left?.(failed);
  };
  let result: T;
  try {
    result = callback();
  } catch (error) {
    leave(true);
    throw error;
  }
  if (sync || !isThenable(result)) {
    leave(false);
    return result;
  }
  // Watched on the side: the caller gets the callback's own promise.
  quietly(() => {
    (result as PromiseLike<unknown>).then(
      () => {
        leave(false);
      },
      () => {
        leave(true);
      },
    );
  });
  return result;
}

/** Runs `callback` where that scope was made, if it is one. */
export function inScope<T>(scope: Scope | undefined, callback: () => T): T {
  const fork = scope?.fork_;
  return fork ? within({ ...fork, data: scope }, callback) : callback();
}
