// Where forks are kept: browsers have no async context, so there is one stack (propagation.md
// section 8.2). The bundles for servers take js/node/fork-stack.ts instead of this file.
import type { Scope } from './scope.js';
import { isThenable, whenSettled, type Fork } from './scopes.js';

/** Those that are open, as far as that can be told. */
export const forks: Fork[] = [];

/** Where code is that is in no fork. */
export const PAGE: Fork = { scope: 1, active: undefined, suppressed: false };

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
  if (!sync && isThenable(result)) whenSettled(result, leave);
  else leave(false);
  return result;
}

/** The isolation scope of a fork; nothing: there is one for all. */
export const isolationOf: (fork: Fork) => Scope | undefined = () => undefined;

/** What makes a fork one with an isolation scope of its own. */
export const isolated: (isolation: Scope) => Partial<Fork> = () => ({});

/** Where the code that runs now is. */
export function here(): Fork {
  return forks[forks.length - 1] ?? PAGE;
}
