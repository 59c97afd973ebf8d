// Where forks are kept on a server: the async context, which survives `await`, timers and streams.
// Takes the place of js/api/fork-stack.ts (server.md section 2; design.md decision 13).
import { AsyncLocalStorage } from 'node:async_hooks';

import type { Scope } from '../api/scope.js';
import type { RecordedSpan } from '../api/span.js';
import { isThenable, whenSettled, type Fork } from '../api/scopes.js';
import { current, type Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { readBytes } from './bytes.js';
import type { ServerExports } from './exports.js';
import { giveBytes } from './give-bytes.js';

/** Those that are open, as far as that can be told: which contexts live on, nobody knows. */
export const forks: Fork[] = [];

/** The state that the last call answered. A text of its bytes: a buffer of its own would cost more. */
function answeredState({ cells }: Core): string {
  return readBytes(cells.buffer, cells[Cell.textAddress]!, cells[Cell.textBytes]!);
}

/** A layer of a router that a request which passes went into. */
export interface Step {
  readonly layer: unknown;
  /** Under which it was registered. */
  readonly path: string;
  /** The layer around it. */
  readonly above: Step | undefined;
  /** The one before it, wherever that is. */
  readonly earlier: Step | undefined;
}

/** A request that the core does not know of unless somebody asks where it is. */
export interface Passed {
  /** Of the client that was running when it came. */
  readonly session_: Session;
  /** Its span, once it was opened and if it has one. */
  readonly span_: RecordedSpan | undefined;
  /** It was answered: whoever asks now gets no more than a trace. */
  readonly isOver_: boolean;
  /** Says what a router has to say about it once it is opened. */
  tellWay_: ((root: RecordedSpan, last: Step) => void) | undefined;
  /** The layer that it went into last. */
  last_: Step | undefined;
  /** The layer in which it is: these have no contexts of their own. */
  inside_: Step | undefined;
  /** Opens it. @returns its scope, 0 for none */
  open_(): number;
}

/** Stands for the span of a request that passes: nobody looked yet whether there is one. */
const UNSEEN = Symbol('unseen');

/** A context that lives on while its scope was given back gets one like it, for a turn of the loop. */
class TraceState {
  /** Nobody asked so far. */
  isPassed = false;
  private handle_: number;
  readonly passed: Passed | undefined;
  private left_ = '';
  private core_: Core | undefined;

  constructor(handle: number, passed?: Passed) {
    this.handle_ = handle;
    this.passed = passed;
    this.isPassed = passed !== undefined;
    this.core_ = current()?.core;
  }

  /** The span of the request, if it passed. */
  root(): RecordedSpan | null {
    this.handle();
    return this.passed?.span_ ?? null;
  }

  handle(): number {
    const core = current()?.core;
    // A scope of a client that was closed means nothing to the next one.
    if (!core?.alive || core !== this.core_) return 1;
    if (this.isPassed) {
      this.isPassed = false;
      quietly(() => {
        this.handle_ = this.passed!.open_() || 1;
      });
      if (this.passed!.isOver_) this.leaveSoon();
    }
    const state = this.left_;
    if (!state) return this.handle_;
    const raw = core.raw as ServerExports;
    quietly(() => {
      const given = giveBytes(core, state);
      const word = core.call(() => raw.tl_enter_scope(given));
      this.handle_ = core.cells[Cell.spanHandle]! || 1;
      core.settle(word);
    });
    this.left_ = '';
    this.leaveSoon();
    return this.handle_;
  }

  /** Gives the scope back once what runs now is done. */
  leaveSoon(): void {
    if (this.handle_ === 1) return;
    setImmediate(() => {
      this.leave();
    }).unref();
  }

  /** Gives the scope back. */
  leave(): void {
    quietly(() => this.leaveBy((raw, scope) => raw.tl_leave_scope(scope, 0)));
  }

  /** Gives the scope back by a call that answers its state. @returns whether there was one */
  leaveBy(call: (raw: ServerExports, scope: number) => number): boolean {
    const core = current()?.core;
    if (!core?.alive || core !== this.core_ || this.left_ || this.handle_ === 1) return false;
    const word = core.call(() => call(core.raw as ServerExports, this.handle_ | 0));
    this.left_ = answeredState(core);
    core.settle(word);
    return true;
  }
}

/** A fork of a server. Of two with the same trace one object says which scope that is. */
class Context implements Fork {
  trace: TraceState;
  active_: Fork['active'] | typeof UNSEEN;
  readonly suppressed: boolean;
  readonly isolation: Scope | undefined;
  /** Paths of the layers of a router on the way to here, each with a line feed behind it. */
  readonly layers: string;
  /** What another API of tracing keeps here (js/next/contexts.ts). */
  carried: unknown;
  data?: Scope;
  root?: number;

  /** One like another, and with data of its own. */
  constructor(
    from: Context | undefined,
    trace: TraceState,
    active: Context['active_'],
    suppressed: boolean,
    isolation: Scope | undefined,
    layers: string,
    data = from?.data?.forked_(this),
  ) {
    this.trace = trace;
    this.active_ = active;
    this.suppressed = suppressed;
    this.isolation = isolation;
    this.layers = layers;
    this.carried = from?.carried;
    if (data) this.data = data;
    if (from?.root !== undefined) this.root = from.root;
  }

  get scope(): number {
    return this.trace.handle();
  }

  get active(): Fork['active'] {
    if (this.active_ === UNSEEN) this.active_ = this.trace.root();
    return this.active_;
  }
}

const storage = new AsyncLocalStorage<Context>();

const OUTSIDE = new Context(undefined, new TraceState(1), undefined, false, undefined, '');

/** Where code is that is in no request. */
export const PAGE: Fork = OUTSIDE;

/** Which scope of a new client the process is in. */
export function enterTrace(scope: number): void {
  OUTSIDE.trace = new TraceState(scope);
}

/** A context like that one, but for the change. */
function changed(from: Context, change: Partial<Fork> & Partial<Context>): Context {
  const own = change.scope ? new TraceState(change.scope) : undefined;
  const fork = new Context(
    from,
    change.trace ?? own ?? from.trace,
    // A copy of a context has what it holds, not what it answers.
    'active' in change ? change.active : 'active_' in change ? change.active_ : from.active_,
    change.suppressed ?? from.suppressed,
    change.isolation ?? from.isolation,
    change.layers ?? from.layers,
    change.data,
  );
  if (change.root !== undefined) fork.root = change.root;
  return fork;
}

/** As that of js/api/fork-stack.ts; what is asynchronous stays in the fork until it is done. */
export function within<T>(
  change: Partial<Fork>,
  callback: () => T,
  left?: (failed: boolean) => void,
): T {
  const fork = changed(context(), change);
  const leave = (failed: boolean): void => {
    if (change.scope) fork.trace.leave();
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

/** A context of its own for a request; its span becomes active in it once that is there. */
export const requestContext = (scope: number, isolation: Scope): Context =>
  new Context(OUTSIDE, new TraceState(scope), null, false, isolation, '');

/** The same for one that passes. */
export const passedContext = (passed: Passed, isolation: Scope): Context =>
  new Context(OUTSIDE, new TraceState(1, passed), UNSEEN, false, isolation, '');

/** A root that is recorded started there: what is carried there goes with it. */
export function startedThere(there: Context, root: number): void {
  there.root = root;
  there.data?.started_(there);
}

/** The same inside a layer of a router, which has a span or not. */
export const inLayer = (from: Context, layers: string, span: Fork['active']): Context =>
  new Context(from, from.trace, span ?? from.active_, from.suppressed, from.isolation, layers);

/** The same with a span active. */
export const withSpan = (from: Context, active: Fork['active']): Context =>
  changed(from, { active: active ?? null });

/** The same with what another API carries, and the span that it says is active. */
export function carrying(from: Context, carried: unknown, active: Fork['active']): Context {
  const there = changed(from, { active });
  there.carried = carried;
  return there;
}

/** The same with an isolation scope of its own. */
export const isolatedContext = (from: Context, isolation: Scope): Context =>
  changed(from, { isolation: isolation.clone() });

/** Whether code there is in no trace of its own: that of the process. */
export const isOutside = (context: Context): boolean => context.trace === OUTSIDE.trace;

/** Runs `callback` there, whatever becomes of it. */
export function runThere<Given extends unknown[], T>(
  there: Context,
  callback: (...given: Given) => T,
  ...given: Given
): T {
  // Most of what happens to a request happens where it is already.
  if (storage.getStore() === there) return callback(...given);
  return storage.run(there, callback, ...given);
}

export type { Context };
