import { quietly } from '../base/quietly.js';
import { warn, type Session } from './client.js';
import type { Context, Event, EventHint } from './event.js';
import { isThenable } from './scopes.js';

/** The static JSON form of a span (spans.md section 3); times in seconds. */
export interface SpanJSON {
  trace_id: string;
  span_id: string;
  parent_span_id?: string;
  op?: string;
  origin?: string;
  status?: string;
  description?: string;
  start_timestamp?: number;
  timestamp?: number;
  data: Record<string, unknown>;
  links?: unknown[];
  [member: string]: unknown;
}

/** The event of a transaction (envelope.md section 4.1); times in seconds. */
export interface TransactionEvent extends Event {
  type: 'transaction';
  transaction: string;
  transaction_info?: { source: string };
  start_timestamp: number;
  timestamp: number;
  contexts: { trace: SpanJSON; [name: string]: Context | undefined };
  spans: SpanJSON[];
  [member: string]: unknown;
}

/** What user code left of a payload. */
export interface Shaped {
  /** Without one it is not sent. */
  body?: Uint8Array<ArrayBuffer>;
  /** How many of its spans went; default 0. */
  spans?: number;
  dropped?: Dropped;
  /** Is told the status of the response, 0: there was none. */
  sent?: ((status: number) => void) | undefined;
}

/** Who dropped an event, as wasm/throughline/delivery/outbox.h numbers them. */
export const enum Dropped {
  byHook = -1,
  byProcessor = -2,
}

/** What else is done to an event. */
export interface Prepared {
  /** Before any hook of the options: `null` drops it. Never throws, nor does its promise reject. */
  prepare(event: Event, hint: EventHint): Event | null | PromiseLike<Event | null>;
  /** After them. @returns who is told the status of the response, 0: there was none */
  sends(event: Event, hint: EventHint): (status: number) => void;
}

/**
 * @param root handle of the root whose transaction it is; 0: it happens here and now
 * @returns nothing: the event stays as it is
 */
let preparation: ((root: number) => Prepared | undefined) | undefined;

/** Sets what else is done to events (api/processing.ts). */
export function prepareBy(given: typeof preparation): void {
  preparation = given;
}

/** @param root as above */
export function preparationOf(root: number): Prepared | undefined {
  return quietly(() => preparation?.(root));
}

/** `next` of a value, or of what a promise gives. */
export function after<T, R>(
  value: T | PromiseLike<T>,
  next: (value: T) => R | PromiseLike<R>,
): R | PromiseLike<R> {
  // As a promise of ours: what else has a `then` may not give one back.
  return isThenable(value) ? Promise.resolve(value).then(next) : next(value);
}

function isEvent(value: unknown): value is TransactionEvent {
  return typeof (value as TransactionEvent | null)?.transaction === 'string';
}

function encode(header: string, item: string, payload: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode([header, item, JSON.stringify(payload)].join('\n'));
}

function showSpan(span: SpanJSON, { options }: Session): SpanJSON {
  const seen: unknown = options.beforeSendSpan!(span);
  if (seen) return seen as SpanJSON;
  warn(options.debug, 'beforeSendSpan returned nothing; the span stays');
  return span;
}

/** Shows the root, as a span, and every other span to `beforeSendSpan`. */
function showSpans(event: TransactionEvent, session: Session): void {
  const show = (span: SpanJSON): SpanJSON => showSpan(span, session);
  const { contexts, transaction, start_timestamp, timestamp } = event;
  const times = { start_timestamp, timestamp };
  const root = { ...contexts.trace, description: transaction, ...times, is_segment: true };
  const { description, start_timestamp: start, timestamp: end, ...trace } = show(root);
  delete trace['is_segment'];
  contexts.trace = trace;
  Object.assign(event, { transaction: description, start_timestamp: start, timestamp: end });
  event.spans = event.spans.map(show);
}

/**
 * Lets all that was set up for events at a payload, and shows it to the hooks of the user.
 *
 * Spec: envelope.md section 4.2.
 *
 * @param root handle of the root whose transaction it is
 * @returns what they left of it; a promise, which never rejects, where a hook gave one
 */
export function shape(
  session: Session,
  body: Uint8Array<ArrayBuffer>,
  root: number,
): Shaped | PromiseLike<Shaped> {
  const { beforeSendTransaction, beforeSendSpan, ignoreTransactions, debug } = session.options;
  const ignored: unknown[] = [ignoreTransactions ?? []].flat();
  const asIs = { body };
  const prepared = preparationOf(root);
  if (!beforeSendTransaction && !beforeSendSpan && !ignored.length && !prepared) return asIs;
  const [header = '', item = '', text = ''] = new TextDecoder().decode(body).split('\n');
  if (item.includes('"span"}') && typeof beforeSendSpan === 'function') {
    const shown = quietly(() => showSpan(JSON.parse(text) as SpanJSON, session));
    return shown ? { body: encode(header, item, shown) } : { dropped: Dropped.byHook };
  }
  if (!item.includes('"transaction"')) return asIs;
  const event = JSON.parse(text) as TransactionEvent;
  const { transaction, event_id } = event;
  const hint: EventHint = { event_id };
  let count = event.spans.length;
  const isIgnored = (pattern: unknown): boolean =>
    pattern instanceof RegExp
      ? new RegExp(pattern).test(transaction)
      : transaction.includes(pattern as string);

  const dropped = (why?: unknown): Shaped => {
    if (why) warn(debug, `a transaction is not sent: ${why as string}`);
    return { spans: count + 1, dropped: Dropped.byHook };
  };
  const finish = (result: unknown): Shaped => {
    if (!isEvent(result)) return dropped(result === null ? '' : 'no event');
    if (result.transaction !== transaction) result.transaction_info = { source: 'custom' };
    const sent = prepared?.sends(result, hint);
    // An event without spans lost them.
    const left = (result.spans as SpanJSON[] | undefined)?.length ?? 0;
    return { body: encode(header, item, result), spans: Math.max(0, count - left), sent };
  };
  const show = (seen: Event | null): Shaped | PromiseLike<Shaped> => {
    if (!seen) return { dropped: Dropped.byProcessor };
    const shown = seen as TransactionEvent;
    // What processors took away is no loss of the hooks.
    count = shown.spans.length;
    if (typeof beforeSendSpan === 'function') showSpans(shown, session);
    const result: unknown =
      typeof beforeSendTransaction === 'function' ? beforeSendTransaction(shown, hint) : shown;
    return after(result, finish);
  };
  try {
    const kept = ignored.some(isIgnored) ? null : event;
    const shaped = after(kept && prepared ? prepared.prepare(kept, hint) : kept, show);
    return isThenable(shaped) ? Promise.resolve(shaped).catch(dropped) : shaped;
  } catch (error) {
    return dropped(error);
  }
}
