import { quietly } from '../base/quietly.js';
import type { ClientHooks } from './client.js';

type Listener = (...given: never[]) => void;
export type Listeners = Partial<Record<string, Set<Listener>>>;

/** What the core is told of, by the bit of each in `tl_listen`. */
export const CORE_HOOKS = ['beforeSampling', 'createDsc'] as const;
/** By the number under which the core tells of a span, less one. */
export const SPAN_HOOKS = ['spanStart', 'spanEnd', 'idleSpanEnableAutoFinish'] as const;
/** For these an event has to be parsed. */
export const EVENT_HOOKS = [
  'preprocessEvent',
  'postprocessEvent',
  'beforeSendEvent',
  'afterSendEvent',
] as const;

/** All that is known; a bundle may have more. */
export const NAMES: string[] = [
  ...CORE_HOOKS,
  ...SPAN_HOOKS,
  ...EVENT_HOOKS,
  'afterSpanEnd',
  'afterSegmentSpanEnd',
  'startPageLoadSpan',
  'afterStartPageLoadSpan',
  'beforeStartNavigationSpan',
  'startNavigationSpan',
  'beforeOutgoingRequestSpan',
  'beforeEnvelope',
  'flush',
  'close',
] satisfies (keyof ClientHooks)[];

// Of the client that runs.
let listeners: Listeners = {};

/** Whether somebody listens to one of these hooks. */
export function isHeard(...names: (keyof ClientHooks)[]): boolean {
  return names.some((name) => listeners[name]?.size);
}

/** Tells all who listen to a hook; what one of them throws reaches nobody. */
export function emit<Name extends keyof ClientHooks>(
  name: Name,
  given: Parameters<ClientHooks[Name]>,
  told = listeners,
): void {
  for (const listener of told[name] ?? []) {
    quietly(() => {
      listener(...(given as never[]));
    });
  }
}

/** Who listens now, for `emit` when they are forgotten. */
export function allListeners(): Listeners {
  return listeners;
}

/** Takes all listeners away: they were those of a client that is closed. */
export function forgetListeners(): void {
  listeners = {};
}

/** Adds a listener. @returns what takes it away again; nothing: there is no such hook */
export function addListener(name: string, listener: Listener): (() => void) | undefined {
  if (!NAMES.includes(name)) return undefined;
  const all = (listeners[name] ??= new Set());
  // Added twice, a listener is called twice.
  const own: Listener = (...given) => {
    listener(...given);
  };
  all.add(own);
  return () => all.delete(own);
}
