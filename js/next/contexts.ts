// The context manager of OpenTelemetry's API on the async context of the shim. Next.js keeps its
// spans and what it knows of a request in contexts of that API.
import { getIsolationScope } from '../api/scope.js';
import { within } from '../api/scopes.js';
import { quietly } from '../base/quietly.js';
import { current } from '../api/client.js';
import { continueCaller } from '../node/caller.js';
import {
  carrying,
  context,
  isolated,
  isOutside,
  isolatedContext,
  runThere,
} from '../node/fork-stack.js';
import type { Context } from '../node/fork-stack.js';
import { faceOf, spanBehind } from './face.js';

/** A context of that API: immutable, values by key. */
export interface OtelContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): OtelContext;
  deleteValue(key: symbol): OtelContext;
}

/** The API's own key, as every copy of it makes it. */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');
/** Headers of a request as `extract` read them. */
const REMOTE = Symbol.for('throughline.remote');

/** sentry-trace, baggage, traceparent. */
export type RemoteHeaders = [string, string, string];

class Values implements OtelContext {
  private readonly values_: ReadonlyMap<symbol, unknown>;
  private readonly below_: OtelContext | undefined;

  constructor(values: ReadonlyMap<symbol, unknown>, below?: OtelContext) {
    this.values_ = values;
    this.below_ = below;
  }

  getValue(key: symbol): unknown {
    return this.values_.has(key) ? this.values_.get(key) : this.below_?.getValue(key);
  }

  setValue(key: symbol, value: unknown): OtelContext {
    return new Values(new Map(this.values_).set(key, value), this.below_);
  }

  deleteValue(key: symbol): OtelContext {
    return this.setValue(key, undefined);
  }
}

const EMPTY: OtelContext = new Values(new Map());

/** The context of that API where the code that runs now is. */
export function activeContext(): OtelContext {
  const { active, carried } = context();
  const values = (carried as OtelContext | undefined) ?? EMPTY;
  if (active) return values.setValue(SPAN, faceOf(active));
  // A span that somebody else made stays where it was put.
  return spanBehind(values.getValue(SPAN)) ? values.setValue(SPAN, undefined) : values;
}

export const withRemote = (context: OtelContext, headers: RemoteHeaders): OtelContext =>
  context.setValue(REMOTE, headers);

/** Where code runs that is given that context. */
export const placeOf = (given: OtelContext): Context =>
  carrying(context(), given, spanBehind(given.getValue(SPAN)) ?? null);

/** The same for a request that nothing is known of yet. */
export const requestPlaceOf = (given: OtelContext): Context =>
  isolatedContext(placeOf(given), getIsolationScope());

/** Runs `callback` there; outside of requests in the trace that `extract` read. */
export function runWith<T>(given: OtelContext, callback: () => T): T {
  const run = (): T => runThere(placeOf(given), callback);
  const remote = given.getValue(REMOTE) as RemoteHeaders | undefined;
  const session = current();
  if (!remote || !session || !isOutside(context())) return run();
  const scope = quietly(() => continueCaller(session.core, ...remote));
  return scope ? within({ scope, ...isolated(getIsolationScope()) }, run) : run();
}

/** What `globalThis[Symbol.for('opentelemetry.js.api.1')].context` is to be. */
export const contextManager = {
  active: activeContext,
  with: <T>(
    given: OtelContext,
    callback: (this: unknown, ...args: unknown[]) => T,
    thisArg?: unknown,
    ...args: unknown[]
  ): T => runWith(given, () => Reflect.apply(callback, thisArg, args)),
  bind(given: OtelContext, target: unknown): unknown {
    if (typeof target !== 'function') return target;
    return function (this: unknown, ...args: unknown[]): unknown {
      return runWith(given, () => Reflect.apply(target, this, args) as unknown);
    };
  },
  enable: (): unknown => contextManager,
  disable: (): unknown => contextManager,
};
