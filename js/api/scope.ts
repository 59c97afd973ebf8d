import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { current, type Client } from './client.js';
import type {
  Breadcrumb,
  Context,
  EventProcessor,
  Primitive,
  SeverityLevel,
  User,
} from './event.js';
import { carryBy, type Carried } from './processing.js';
import { forks, isolated, isolationOf } from './fork-stack.js';
import { here, inScope, PAGE, within, type Fork } from './scopes.js';

/** Most breadcrumbs of a scope, unless `maxBreadcrumbs` says otherwise. */
const MAX_BREADCRUMBS = 100;
/** Longest message of one, in UTF-16 units. */
const MAX_MESSAGE = 2048;
/** Most open roots that are remembered not to be those of the page. */
const MAX_ROOTS = 1000;

/** What a scope carries to events. */
export interface ScopeData {
  readonly breadcrumbs: Breadcrumb[];
  readonly contexts: Record<string, Context>;
  readonly tags: Record<string, Primitive>;
  readonly attributes: Record<string, unknown>;
  readonly extra: Record<string, unknown>;
  readonly user: User;
  readonly level: SeverityLevel | undefined;
  readonly fingerprint: string[];
  readonly transactionName: string | undefined;
  readonly eventProcessors: EventProcessor[];
}

/** What `update` takes: members win over those of the scope. */
export type ScopeContext = Partial<ScopeData>;

const EMPTY: ScopeData = {
  breadcrumbs: [],
  contexts: {},
  tags: {},
  attributes: {},
  extra: {},
  user: {},
  level: undefined,
  fingerprint: [],
  transactionName: undefined,
  eventProcessors: [],
};

/** Members that are merged name by name. */
const MERGED = ['contexts', 'tags', 'attributes', 'extra', 'user'] as const;

/** Those of them that events have as well. */
const CARRIED = ['contexts', 'tags', 'extra', 'user'] as const;

/** Roots that did not start in the page's own scope, of one core. */
const roots = new Map<number, Fork>();
let rootsOf: Core | undefined;

/**
 * What goes with the events that happen in it: tags, user, contexts, extras, breadcrumbs.
 *
 * Its data is replaced, never written to, so that a clone costs nothing.
 */
// A class, as `instanceof` and users' habits want it.
export class Scope {
  /**
   * Where it was made: code that runs in it again has the trace and the active span of there.
   *
   * @internal
   */
  fork_: Fork;
  private data_ = EMPTY;

  /** @internal */
  constructor(fork: Fork = { ...here(), active: null }) {
    this.fork_ = fork;
  }

  /** Sets one tag; tags can be searched for. */
  setTag(key: string, value: Primitive): this {
    return this.setTags({ [key]: value });
  }

  /** Sets tags, beside those that are there. */
  setTags(tags: Record<string, Primitive>): this {
    return this.merge_('tags', tags);
  }

  /** Sets who uses the page; `null`: nobody is known. */
  setUser(user: User | null): this {
    const nobody = { id: undefined, username: undefined, email: undefined, ip_address: undefined };
    return this.set_({ user: user ?? nobody });
  }

  /** Sets one extra. */
  setExtra(key: string, extra: unknown): this {
    return this.setExtras({ [key]: extra });
  }

  /** Sets extras, beside those that are there. */
  setExtras(extras: Record<string, unknown>): this {
    return this.merge_('extra', extras);
  }

  /** Sets what is shown under a name; `null` takes it away. */
  setContext(name: string, context: Context | null): this {
    const contexts = { ...this.data_.contexts };
    if (context === null) delete contexts[name];
    else contexts[name] = context;
    return this.set_({ contexts });
  }

  /** Sets one attribute. Transactions have no place for them. */
  setAttribute(key: string, value: unknown): this {
    return this.setAttributes({ [key]: value });
  }

  /** Sets attributes, beside those that are there. */
  setAttributes(attributes: Record<string, unknown>): this {
    return this.merge_('attributes', attributes);
  }

  /** Sets how bad an event is. */
  setLevel(level: SeverityLevel | undefined): this {
    return this.set_({ level });
  }

  /** Sets what errors are grouped by. */
  setFingerprint(fingerprint: string[]): this {
    return this.set_({ fingerprint });
  }

  /** Names errors after a transaction; transactions have their own names. */
  setTransactionName(transactionName?: string): this {
    return this.set_({ transactionName });
  }

  /**
   * Adds a breadcrumb.
   *
   * @param maxBreadcrumbs as many are kept, the latest ones; default 100
   */
  addBreadcrumb(breadcrumb: Breadcrumb, maxBreadcrumbs = MAX_BREADCRUMBS): this {
    if (maxBreadcrumbs <= 0) return this;
    const added = { timestamp: Date.now() / 1000, ...breadcrumb };
    const { message = '' } = added;
    if (message.length > MAX_MESSAGE) added.message = `${message.slice(0, MAX_MESSAGE)}...`;
    const breadcrumbs = [...this.data_.breadcrumbs, added].slice(-maxBreadcrumbs);
    return this.set_({ breadcrumbs });
  }

  /** The breadcrumb that was added last. */
  getLastBreadcrumb(): Breadcrumb | undefined {
    return this.data_.breadcrumbs[this.data_.breadcrumbs.length - 1];
  }

  /** Takes all breadcrumbs away. */
  clearBreadcrumbs(): this {
    return this.set_({ breadcrumbs: [] });
  }

  /** Adds what sees the events of this scope, after those of the client. */
  addEventProcessor(processor: EventProcessor): this {
    return this.set_({ eventProcessors: [...this.data_.eventProcessors, processor] });
  }

  /** Takes over what another scope carries, what is given, or what a function makes of this one. */
  update(given?: Scope | ScopeContext | ((scope: this) => Scope | ScopeContext | undefined)): this {
    const found = typeof given === 'function' ? given(this) : given;
    const data = found instanceof Scope ? found.data_ : (found ?? {});
    for (const name of MERGED) {
      // A user counts as a whole, and an empty one as none.
      if (name !== 'user') this.merge_(name, data[name]);
      else if (data.user && isAny(data.user)) this.set_({ user: data.user });
    }
    if (data.level) this.setLevel(data.level);
    if (data.fingerprint?.length) this.setFingerprint(data.fingerprint);
    return this;
  }

  /** A scope that carries the same, and in which the same span is active. */
  clone(): Scope {
    return this.forked_(this.fork_);
  }

  /** Takes all data away; processors stay. */
  clear(): this {
    const { eventProcessors } = this.data_;
    this.data_ = { ...EMPTY, eventProcessors };
    return this;
  }

  /** What it carries; to be looked at only. */
  getScopeData(): ScopeData {
    return { ...this.data_ };
  }

  /** The client that runs. */
  getClient(): Client | undefined {
    return current();
  }

  /**
   * A clone, for a fork.
   *
   * @internal
   */
  forked_(fork: Fork): Scope {
    const copy = new Scope(fork);
    copy.data_ = this.data_;
    return copy;
  }

  /**
   * A root started in `fork`, whose scope this is.
   *
   * @internal
   */
  started_(fork: Fork): void {
    const core = current()?.core;
    if (rootsOf !== core) roots.clear();
    rootsOf = core;
    // As a Map keeps its order, the first is the oldest.
    if (roots.size >= MAX_ROOTS) roots.delete(roots.keys().next().value!);
    roots.set(fork.root!, fork);
  }

  private set_(data: ScopeContext): this {
    this.data_ = { ...this.data_, ...data };
    return this;
  }

  private merge_(name: (typeof MERGED)[number], members: object | undefined): this {
    return this.set_({ [name]: { ...this.data_[name], ...members } });
  }
}

let everywhere: Scope | undefined;
let isolation: Scope | undefined;

/** All that an event takes: of everywhere, then of the isolation scope, then of where it happens. */
function combine(fork: Fork): ScopeData {
  let sum = EMPTY;
  const scopes = [everywhere!, isolationOf(fork) ?? isolation!, fork.data!];
  for (const data of scopes.map((each) => each.getScopeData())) {
    const merged = MERGED.map((name) => [name, { ...sum[name], ...data[name] }]);
    sum = {
      ...(Object.fromEntries(merged) as Pick<ScopeData, (typeof MERGED)[number]>),
      breadcrumbs: [...sum.breadcrumbs, ...data.breadcrumbs],
      fingerprint: [...sum.fingerprint, ...data.fingerprint],
      eventProcessors: [...sum.eventProcessors, ...data.eventProcessors],
      level: data.level ?? sum.level,
      transactionName: data.transactionName ?? sum.transactionName,
    };
  }
  return sum;
}

function isAny(members: object): boolean {
  return Object.keys(members).length > 0;
}

/** As `Carrier` says. What an event has of its own wins over what is carried to it. */
function carry(root: number, again?: boolean): Carried {
  const fork = rootsOf === current()?.core ? roots.get(root) : undefined;
  // Nothing has the number 0.
  roots.delete(again ? 0 : root);
  const sum = combine(root === 0 ? here() : (fork ?? PAGE));
  const { breadcrumbs, level, fingerprint, transactionName, eventProcessors: processors } = sum;
  const carried = CARRIED.filter((name) => isAny(sum[name]));
  const others = [...breadcrumbs, ...fingerprint, level, transactionName];
  if (!carried.length && !others.some(Boolean)) return { processors, add: undefined };
  const add: Carried['add'] = (event) => {
    for (const name of carried) Object.assign(event, { [name]: { ...sum[name], ...event[name] } });
    if (level) event.level = level;
    if (transactionName && event.type !== 'transaction') event.transaction = transactionName;
    if (fingerprint.length) event.fingerprint = [...(event.fingerprint ?? []), ...fingerprint];
    if (breadcrumbs.length) event.breadcrumbs = [...(event.breadcrumbs ?? []), ...breadcrumbs];
  };
  return { processors, add };
}

/** From now on forks and events carry data. */
function open(): void {
  if (PAGE.data) return;
  everywhere = new Scope();
  isolation = new Scope();
  carryBy(carry);
  PAGE.data = new Scope().forked_(PAGE);
  // From the inside, so that a root belongs to the outermost fork that knows it.
  for (const fork of [...forks].reverse()) {
    fork.data = PAGE.data.forked_(fork);
    if (fork.root) fork.data.started_(fork);
  }
}

/** The scope of the code that runs now. */
export function getCurrentScope(): Scope {
  open();
  return here().data!;
}

/** The scope of the page, or of a server's request: what the functions beside this one write to. */
export function getIsolationScope(): Scope {
  open();
  return isolationOf(here()) ?? isolation!;
}

/** What goes with every event, whatever its scope. */
export function getGlobalScope(): Scope {
  open();
  return everywhere!;
}

/**
 * Runs `callback` in a clone of the current scope, or in the scope given. It is left when the
 * callback returns, throws, or its promise settles.
 */
export function withScope<T>(callback: (scope: Scope) => T): T;
export function withScope<T>(scope: Scope | undefined, callback: (scope: Scope) => T): T;
export function withScope<T>(
  ...given: [(scope: Scope) => T] | [Scope | undefined, (scope: Scope) => T]
): T {
  open();
  const [scope, callback] = given.length === 1 ? [undefined, given[0]] : given;
  if (scope) return inScope(scope, () => callback(scope));
  return within({}, () => callback(getCurrentScope()));
}

/** As `withScope`; on a server with an isolation scope of its own, of which a page has one. */
export function withIsolationScope<T>(callback: (isolationScope: Scope) => T): T;
export function withIsolationScope<T>(
  scope: Scope | undefined,
  callback: (isolationScope: Scope) => T,
): T;
export function withIsolationScope<T>(
  ...given: [(scope: Scope) => T] | [Scope | undefined, (scope: Scope) => T]
): T {
  const callback = given.length === 1 ? given[0] : given[1];
  const change = isolated(getIsolationScope());
  return within(change, () => callback(getIsolationScope()));
}

/** `setTag` of the isolation scope. */
export function setTag(key: string, value: Primitive): void {
  getIsolationScope().setTag(key, value);
}

/** `setTags` of the isolation scope. */
export function setTags(tags: Record<string, Primitive>): void {
  getIsolationScope().setTags(tags);
}

/** `setUser` of the isolation scope. */
export function setUser(user: User | null): void {
  getIsolationScope().setUser(user);
}

/** `setExtra` of the isolation scope. */
export function setExtra(key: string, extra: unknown): void {
  getIsolationScope().setExtra(key, extra);
}

/** `setExtras` of the isolation scope. */
export function setExtras(extras: Record<string, unknown>): void {
  getIsolationScope().setExtras(extras);
}

/** `setContext` of the isolation scope. */
export function setContext(name: string, context: Context | null): void {
  getIsolationScope().setContext(name, context);
}

/** `addEventProcessor` of the isolation scope. */
export function addEventProcessor(processor: EventProcessor): void {
  getIsolationScope().addEventProcessor(processor);
}

/** `addBreadcrumb` of the isolation scope, as far as the options let it; needs a client. */
export function addBreadcrumb(breadcrumb: Breadcrumb, hint?: Record<string, unknown>): void {
  const options = current()?.options;
  if (!options) return;
  const added = { timestamp: Date.now() / 1000, ...breadcrumb };
  const { beforeBreadcrumb } = options;
  quietly(() => {
    const kept = beforeBreadcrumb ? beforeBreadcrumb(added, hint) : added;
    if (kept) getIsolationScope().addBreadcrumb(kept, options.maxBreadcrumbs);
  });
}
