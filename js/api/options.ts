import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import type { Integration } from './client.js';
import type { Breadcrumb, Event, EventHint } from './event.js';
import type { SamplingContext } from './hooks.js';
import type { ScopeContext } from './scope.js';
import type { SpanJSON, TransactionEvent } from './shaping.js';
import type { BaseTransportOptions, Transport } from './transport.js';

/** One entry of `tracePropagationTargets`: substring, RegExp, or a function that is asked. */
export type TracePropagationTarget = string | RegExp | ((url: string) => boolean);

/**
 * Which spans `ignoreSpans` means: those whose name contains, or matches, the text or RegExp, or
 * those of which all the parts do that are given. Values of attributes that are neither text nor
 * RegExp are compared for equality.
 */
export type IgnoreSpanPattern =
  | string
  | RegExp
  | { name?: string | RegExp; op?: string | RegExp; attributes?: Record<string, unknown> };

/** How envelopes are sent. */
export interface TransportOptions {
  /** Go with every request. */
  headers?: Record<string, string>;
  /** Of a page: win over everything else that `fetch` is called with. */
  fetchOptions?: RequestInit;
  /**
   * As many envelopes may be under way; what is more is dropped, and counted. Default 40 in a page,
   * 64 on a server.
   */
  bufferSize?: number;
  /** Of a server: connections are kept for the next envelope. Default false. */
  keepAlive?: boolean;
}

/** Options of `init`; names, meanings and defaults are those of `@sentry/browser` 10. */
export interface ClientOptions {
  /** Where envelopes go. Without one nothing is sent; headers still work. */
  dsn?: string;
  /** URL of your own server that forwards envelopes; used exactly as given. */
  tunnel?: string;
  release?: string;
  /** Default `production`. */
  environment?: string;
  dist?: string;
  /** `false`: no headers, nothing recorded, nothing sent. */
  enabled?: boolean;
  /** Log what is wrong with the options, and why. */
  debug?: boolean;
  /** Share of traces that are recorded, 0 to 1. Unset: headers only, no spans. */
  tracesSampleRate?: number | boolean | string;
  /** Decides about every root span; wins over the rate and over the parent's decision. */
  tracesSampler?: (context: SamplingContext) => number | boolean | string;
  /** Which requests get headers. Unset: those to the page's own origin; on a server, all. */
  tracePropagationTargets?: TracePropagationTarget[];
  /** Earlier name of `tracePropagationTargets`. */
  tracingOrigins?: TracePropagationTarget[];
  /** Send the W3C `traceparent` header as well. */
  propagateTraceparent?: boolean;
  /** Continue a W3C `traceparent` where no usable `sentry-trace` arrived. Default false. */
  continueTraceparent?: boolean;
  strictTraceContinuation?: boolean;
  orgId?: string | number;
  /** `true`: spans started below another one become children of the root. */
  parentSpanIsAlwaysRootSpan?: boolean;
  /** Sees every error and message (`throughline/errors`) before it is sent; `null` drops it. */
  beforeSend?: (event: Event, hint: EventHint) => Event | null | PromiseLike<Event | null>;
  /** Sees every transaction before it is sent; `null`, or a failure, drops it. */
  beforeSendTransaction?: (
    event: TransactionEvent,
    hint: object,
  ) => TransactionEvent | null | PromiseLike<TransactionEvent | null>;
  /**
   * Sees the root and every span of a transaction before it is sent; cannot drop one. Where spans
   * are streamed: what `withStreamedSpan` returns.
   */
  beforeSendSpan?: (span: SpanJSON) => SpanJSON;
  /**
   * `stream`: spans are sent by themselves, soon after each ended, instead of in the transaction of
   * their root. In pages only with `throughline/streaming`, which has `spanStreamingIntegration`
   * for the same. Default `static`.
   */
  traceLifecycle?: 'static' | 'stream';
  /**
   * Spans that are left out of transactions; a root that matches drops its transaction. Where spans
   * are streamed, they are looked at when they start, and a root takes all below it along.
   */
  ignoreSpans?: IgnoreSpanPattern[];
  /** Transactions whose name contains, or matches, one of these are not sent. */
  ignoreTransactions?: (string | RegExp)[];
  /**
   * So many levels of objects in events are kept, and so many members of each: what lies deeper is
   * named only. Default 3 and 1000; depth 0 means all levels.
   */
  normalizeDepth?: number;
  normalizeMaxBreadth?: number;
  /** As many breadcrumbs are kept, the latest ones. Default 100. */
  maxBreadcrumbs?: number;
  /** Sees every breadcrumb that `addBreadcrumb` adds; `null` leaves it out. */
  beforeBreadcrumb?: (breadcrumb: Breadcrumb, hint?: Record<string, unknown>) => Breadcrumb | null;
  sendClientReports?: boolean;
  /**
   * Makes what sends envelopes instead of `fetch`, or of `node:http` on servers. Called once, by
   * `init`, and only with a DSN.
   */
  transport?: ((options: BaseTransportOptions) => Transport) | undefined;
  /** How envelopes are sent. */
  transportOptions?: TransportOptions;
  sendDefaultPii?: boolean;
  /** What else the current scope starts with. */
  initialScope?: ScopeContext;
  /** Integrations that are there without being listed; `false`: none. Pages have none so far. */
  defaultIntegrations?: false | Integration[];
  /** Added to the default ones, of which one of the same name is replaced; or made of them. */
  integrations?: Integration[] | ((defaults: Integration[]) => Integration[]);
}

// Kinds of values as wasm/throughline/config/option_reader.h numbers them.
const enum Kind {
  absent = 0,
  boolean = 1,
  number = 2,
  text = 3,
  function = 4,
  regExp = 5,
  list = 6,
  other = 7,
}

const KINDS: Partial<Record<string, Kind>> = {
  boolean: Kind.boolean,
  number: Kind.number,
  string: Kind.text,
  function: Kind.function,
};

function kindOf(value: unknown): Kind {
  if (value === undefined || value === null) return Kind.absent;
  if (Array.isArray(value)) return Kind.list;
  if (value instanceof RegExp) return Kind.regExp;
  return KINDS[typeof value] ?? Kind.other;
}

function textOf(value: unknown, kind: Kind): string {
  if (kind === Kind.function) return 'a function';
  if (kind === Kind.list) return 'a list';
  return kind === Kind.other ? 'an object' : String(value);
}

/** What the core made of the options. */
export interface CheckedOptions {
  /** One line per option that could not be used as it is. */
  findings: string[];
  /** The list of targets that counts. */
  targets: readonly unknown[];
}

/** Hands every option to the core, which checks it and says what is wrong. */
export function readOptions(
  core: Core,
  options: ClientOptions,
  integrations: readonly Integration[],
  sdkName: string,
  version: string,
): CheckedOptions {
  const { raw } = core;
  const findings: string[] = [];
  const lists: unknown[][] = [];
  const note = (finding: string): void => {
    if (finding) findings.push(finding);
  };
  const read = (group: number, given: object): void => {
    for (const [key, value] of Object.entries(given) as [string, unknown][]) {
      const kind = kindOf(value);
      const text = textOf(value, kind);
      // Turning anything else into a number may run, and throw from, code of the page.
      const number = kind === Kind.boolean || kind === Kind.number ? Number(value) : 0;
      const option = core.texts(key, text);
      note(core.ask(() => raw.tl_read_option(group, kind, number, option)));
      if (!group && key === 'transportOptions' && kind === Kind.other) read(2, value as object);
      const isTargets = key === 'tracePropagationTargets' || key === 'tracingOrigins';
      if (!isTargets) continue;
      const list: unknown[] = Array.isArray(value) ? value : [value];
      lists[2 * group + (key === 'tracingOrigins' ? 1 : 0)] = list;
      if (kind !== Kind.list) continue;
      for (const entry of list) {
        const entryKind = kindOf(entry);
        const entryText = textOf(entry, entryKind);
        const target = core.texts(key, entryText);
        note(core.ask(() => raw.tl_read_target(group, entryKind, target)));
      }
    }
  };
  read(0, options);
  for (const integration of integrations) read(1, integration.options ?? {});
  const names = integrations.map((integration) => integration.name).join();
  const sdk = core.texts(sdkName, version, 'npm:throughline', names);
  const rest = core.ask(() => raw.tl_apply_options(sdk));
  findings.push(...rest.split('\n').filter(Boolean));
  const counts = core.cells[Cell.reason]!;
  return { findings, targets: (lists[counts] ?? []).map(ownCopy) };
}

/** A RegExp of ours: testing with the caller's would move its `lastIndex`. */
function ownCopy(target: unknown): unknown {
  return target instanceof RegExp ? new RegExp(target) : target;
}
