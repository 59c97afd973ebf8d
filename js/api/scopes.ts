import { quietly } from '../base/quietly.js';
import { forks, here, PAGE, within } from './fork-stack.js';

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

export { here, PAGE, within };

/** Leaves all forks: they are of a client that is closed. */
export function forgetForks(): void {
  forks.length = 0;
}

/** A route that starts is the page's: the fork that it starts in goes along. */
export function followRoute(): void {
  Object.assign(here(), { scope: SCOPE, active: undefined });
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

/** Tells `leave` whether the promise failed, once it settled. */
export function whenSettled(promise: PromiseLike<unknown>, leave: (failed: boolean) => void): void {
  const settled = (failed: boolean) => () => {
    leave(failed);
  };
  // Watched on the side: the caller gets the callback's own promise.
  quietly(() => {
    promise.then(settled(false), settled(true));
  });
}

/** Runs `callback` where that scope was made, if it is one. */
export function inScope<T>(scope: Scope | undefined, callback: () => T): T {
  const fork = scope?.fork_;
  return fork ? within({ ...fork, data: scope }, callback) : callback();
}
