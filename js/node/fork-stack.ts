// Where forks are kept on a server: the async context, which survives `await`, timers and streams.
// Takes the place of js/api/fork-stack.ts (server.md section 2; design.md decision 13).
import { AsyncLocalStorage } from 'node:async_hooks';

import type { Scope } from '../api/scope.js';
import { isThenable, whenSettled, type Fork } from '../api/scopes.js';
import { current } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import type { ServerExports } from './exports.js';

/** Those that are open, as far as that can be told: which contexts live on, nobody knows. */
export const forks: Fork[] = [];

/** A context that lives on while its scope was given back gets one like it, for a turn of the loop. */
class TraceState {
  private handle_: number;
  private left_ = '';
  private core_: Core | undefined;

  constructor(handle: number) {
    this.handle_ = handle;
    this.core_ = current()?.core;
  }

  handle(): number {
    const core = current()?.core;
    // A scope of a client that was closed means nothing to the next one.
    if (!core?.alive || core !== this.core_) return 1;
    if (!this.left_) return this.handle_;
    const raw = core.raw as ServerExports;
    quietly(() => {
      const state = core.texts(this.left_);
      const word = core.call(() => raw.tl_enter_scope(state));
      this.handle_ = core.cells[Cell.spanHandle]! || 1;
      core.settle(word);
    });
    this.left_ = '';
    if (this.handle_ !== 1) {
      setImmediate(() => {
        this.leave(0);
      }).unref();
    }
    return this.handle_;
  }

  /** Gives the scope back. @param root whose state is that of the context from now on; 0: none */
  leave(root: number): void {
    const core = current()?.core;
    if (!core?.alive || core !== this.core_ || this.left_ || this.handle_ === 1) return;
    const raw = core.raw as ServerExports;
    const handle = this.handle_;
    quietly(() => {
      this.left_ = core.ask(() => raw.tl_leave_scope(handle | 0, root | 0));
    });
  }
}

/** A fork of a server. Of two with the same trace one object says which scope that is. */
class Context implements Fork {
  trace: TraceState;
  readonly active: Fork['active'];
  readonly suppressed: boolean;
  readonly isolation: Scope | undefined;
  /** Paths of the layers of a router on the way to here, each with a line feed behind it. */
  readonly layers: string;
  /** What another API of tracing keeps here (js/next/contexts.ts). */
  readonly carried: unknown;
  data?: Scope;
  root?: number;

  constructor(from: Partial<Context>, change: Partial<Fork> & Partial<Context>) {
    const own = change.trace ?? (change.scope ? new TraceState(change.scope) : undefined);
    this.trace = own ?? from.trace!;
    this.active = 'active' in change ? change.active : from.active;
    this.suppressed = change.suppressed ?? from.suppressed ?? false;
    this.isolation = change.isolation ?? from.isolation;
    this.layers = change.layers ?? from.layers ?? '';
    this.carried = change.carried ?? from.carried;
    const data = change.data ?? from.data?.forked_(this);
    if (data) this.data = data;
    const root = change.root ?? from.root;
    if (root !== undefined) this.root = root;
  }

  get scope(): number {
    return this.trace.handle();
  }
}

const storage = new AsyncLocalStorage<Context>();

const OUTSIDE = new Context({}, { trace: new TraceState(1), active: undefined });

/** Where code is that is in no request. */
export const PAGE: Fork = OUTSIDE;

/** Which scope of a new client the process is in. */
export function enterTrace(scope: number): void {
  OUTSIDE.trace = new TraceState(scope);
}

/** As that of js/api/fork-stack.ts; what is asynchronous stays in the fork until it is done. */
export function within<T>(
  change: Partial<Fork>,
  callback: () => T,
  left?: (failed: boolean) => void,
): T {
  const fork = new Context(context(), change);
  const leave = (failed: boolean): void => {
    if (change.scope) fork.trace.leave(0);
    left?.(failed);
  };
  let result: T;
  try {
    result = storage.run(fork, callback);
  } catch (error) {
    leave(true);
    throw error;
  }
  if (isThenable(result)) whenSettled(result, leave);
  else leave(false);
  return result;
}

export const isolationOf = (fork: Fork): Scope | undefined =>
  (fork as { isolation?: Scope }).isolation;

export const isolated = (isolation: Scope): Partial<Fork> =>
  ({ isolation: isolation.clone() }) as Partial<Fork>;

/** Where the code that runs now is. */
export const context = (): Context => storage.getStore() ?? OUTSIDE;
export const here: () => Fork = context;

/** A context of its own for a request. */
export function requestContext(scope: number, isolation: Scope): Context {
  return new Context(OUTSIDE, { scope, active: null, isolation });
}

/** The same with a span active. */
export const withSpan = (context: Context, active: Fork['active']): Context =>
  new Context(context, { active: active ?? null });

/** The same inside a layer of a router, which has a span or not. */
export const inLayer = (context: Context, layers: string, span: Fork['active']): Context =>
  new Context(context, span ? { layers, active: span } : { layers });

/** The same with what another API carries, and the span that it says is active. */
export const carrying = (context: Context, carried: unknown, active: Fork['active']): Context =>
  new Context(context, { carried, active });

/** The same with an isolation scope of its own. */
export const isolatedContext = (context: Context, isolation: Scope): Context =>
  new Context(context, { isolation: isolation.clone() });

/** Whether code there is in no trace of its own: that of the process. */
export const isOutside = (context: Context): boolean => context.trace === OUTSIDE.trace;

/** Runs `callback` there, whatever becomes of it. */
export const runThere = <T>(context: Context, callback: () => T): T =>
  storage.run(context, callback);

/** The request was answered. @param root handle of its root; 0: none */
export const leaveContext = (context: Context, root: number): void => {
  context.trace.leave(root);
};

export type { Context };
