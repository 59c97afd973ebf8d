import { quietly } from '../base/quietly.js';
import { Cell } from '../core/module.js';
import { warn, type Session } from './client.js';
import { here } from './scopes.js';
import { spanOf, type Attributes, type Span } from './span.js';

/** What `beforeSampling` is told; changes of `spanAttributes` and `parentSampled` count. */
export interface SamplingData {
  spanAttributes: Attributes;
  spanName: string;
  parentSampled?: boolean | undefined;
  parentSampleRate?: number | undefined;
}

/** Values of a dynamic sampling context, by key without prefix. */
export type DynamicSamplingContext = Record<string, string | undefined>;

/** What `tracesSampler` is told. */
export interface SamplingContext {
  name: string;
  attributes: Attributes;
  parentSampled?: boolean | undefined;
  parentSampleRate?: number | undefined;
  /** The parent's rate, else its decision as 1 or 0, else `fallback`. */
  inheritOrSampleWith(fallback: number): number;
}

/** The hooks of a client and what their listeners get. */
export interface Hooks {
  /** Before the decision about every root. */
  beforeSampling: (data: SamplingData, result: { decision: boolean }) => void;
  /** Whenever a dynamic sampling context that was made here is used; it may be added to. */
  createDsc: (dsc: DynamicSamplingContext, rootSpan?: Span) => void;
  /** A request has its headers and is about to leave; what is not recorded has a placeholder. */
  beforeOutgoingRequestSpan: (span: Span, hint: RequestHint) => void;
}

/** Which request it is: the arguments of `fetch`, or the XMLHttpRequest. */
export interface RequestHint {
  input?: unknown[];
  xhr?: XMLHttpRequest;
  /** Milliseconds since the Unix epoch. */
  startTimestamp?: number;
}

/** What makes no member of a dynamic sampling context (propagation.md section 3.3). */
const NOTHING: unknown[] = [undefined, null, false, ''];

// Those that the core knows, in the order of its bits.
const NAMES = ['beforeSampling', 'createDsc'] as const;

const listeners: { [Name in keyof Hooks]: Set<Hooks[Name]> } = {
  beforeSampling: new Set(),
  createDsc: new Set(),
  beforeOutgoingRequestSpan: new Set(),
};

/** Who listens to a hook. */
export function listenersOf<Name extends keyof Hooks>(name: Name): Iterable<Hooks[Name]> {
  return listeners[name];
}

let isShaping = false;

/** Tells the core which hooks have listeners. */
export function tellListeners({ core }: Session): void {
  const hooks = NAMES.reduce(
    (bits, name, bit) => bits | (listeners[name].size ? 1 << bit : 0),
    isShaping ? 4 : 0,
  );
  core.run(() => core.raw.tl_listen(hooks));
}

function isHook(name: string): boolean {
  return Object.keys(listeners).includes(name);
}

/** Takes all listeners away: they were those of a client that is closed. */
export function forgetListeners(): void {
  for (const all of Object.values(listeners)) all.clear();
}

/** Adds a listener. @returns what takes it away again. */
export function listen<Name extends keyof Hooks>(
  session: Session,
  name: Name,
  listener: Hooks[Name],
): () => void {
  if (!isHook(name)) {
    warn(session.options.debug, `client.on: no hook '${name as string}'; ignored`);
    return () => undefined;
  }
  const all = listeners[name] as Set<Hooks[Name]>;
  all.add(listener);
  quietly(() => {
    tellListeners(session);
  });
  return () => {
    all.delete(listener);
    quietly(() => {
      tellListeners(session);
    });
  };
}

/**
 * Answers the core's question about a root that is to start: asks user code, and leaves what it
 * said in the cells for the repeated call.
 *
 * Spec: propagation.md sections 7.3 and 7.4.
 *
 * @returns the attributes as listeners left them
 */
export function decide({ core, options }: Session, name: string, given: Attributes): Attributes {
  const sampled = core.cells[Cell.parentSampled]!;
  const parentRate = core.cells[Cell.parentRate]!;
  const data: SamplingData = {
    spanAttributes: { ...given },
    spanName: name,
    parentSampled: sampled < 0 ? undefined : sampled === 1,
    parentSampleRate: parentRate < 0 ? undefined : parentRate,
  };
  for (const listener of listeners.beforeSampling) {
    quietly(() => {
      listener(data, { decision: false });
    });
  }
  const { spanAttributes, parentSampled, parentSampleRate } = data;
  const sampler: unknown = options.tracesSampler;
  let outcome = 0;
  let rate: unknown;
  if (typeof sampler === 'function') {
    // As HostDecision::Sampler numbers them.
    outcome = 2;
    quietly(() => {
      rate = (sampler as (context: SamplingContext) => unknown)({
        name,
        attributes: spanAttributes,
        parentSampled,
        parentSampleRate,
        inheritOrSampleWith: (fallback) =>
          parentSampleRate ?? (parentSampled === undefined ? fallback : Number(parentSampled)),
      });
      outcome = 1;
    });
  }
  const { cells } = core;
  cells[Cell.parentSampled] = parentSampled === undefined ? -1 : Number(parentSampled);
  cells[Cell.sampler] = outcome;
  cells[Cell.samplerRate] =
    typeof rate === 'string'
      ? parseFloat(rate)
      : typeof rate === 'number' || typeof rate === 'boolean'
        ? Number(rate)
        : NaN;
  return spanAttributes;
}

/** True while listeners of `createDsc` run: what they read is not shown to them again. */
export function shapingDsc(): boolean {
  return isShaping;
}

/** As `Recording` says. */
export function shapeBaggage(session: Session, dsc: string, active: number): string | undefined {
  if (isShaping) return undefined;
  const { core } = session;
  const { scope } = here();
  core.call(() => core.raw.tl_span_active(scope, active));
  return shapeDsc(session, dsc, core.cells[Cell.rootHandle]!);
}

/** Members that have a value, as texts. */
function membersOf(dsc: object): string[][] {
  return Object.entries(dsc as Record<string, unknown>)
    .filter(([, value]) => !NOTHING.includes(value))
    .slice(0, 64)
    .map(([key, value]) => [key, String(value)]);
}

/**
 * Shows a dynamic sampling context to the listeners of `createDsc`, and leaves in the core what
 * they made of it.
 *
 * @param json the context
 * @param root handle of its root span; 0: none
 * @returns its baggage
 */
export function shapeDsc(session: Session, json: string, root: number): string {
  const { core } = session;
  const dsc = JSON.parse(json) as DynamicSamplingContext;
  const span = spanOf(core, root);
  isShaping = true;
  try {
    tellListeners(session);
    for (const listener of listeners.createDsc) {
      quietly(() => {
        listener(dsc, span);
      });
    }
    // Values that no text can be made of: as if no listener had been there.
    const members = quietly(() => membersOf(dsc)) ?? membersOf(JSON.parse(json) as object);
    const texts = core.texts(...members.flat());
    return core.ask(() => core.raw.tl_answer_dsc(texts, members.length));
  } finally {
    // Whatever happened: nothing is sent while this is set.
    isShaping = false;
    if (core.alive) tellListeners(session);
  }
}
