import { quietly } from '../base/quietly.js';
import { warn, type Session } from './client.js';
import type { Context, Event } from './event.js';
import { normalise } from './normalise.js';
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
  /** How many of its spans went. */
  spans: number;
  /** Who dropped it, as wasm/throughline/delivery/outbox.h numbers them. */
  dropped?: number;
}

const BY_HOOK = -1;
const BY_PROCESSOR = -2;

/**
 * What scopes carry to an event (api/scope.ts).
 *
 * @param root handle of the root whose transaction it is; 0: it happened here and now
 * @returns what adds it; nothing when nothing is carried
 */
export type Carrier = (root: number) => ((event: Event) => void) | undefined;

let carrier: Carrier | undefined;

/** Sets what scopes carry; without a scope an event takes nothing along. */
export function carryBy(given: Carrier): void {
  carrier = given;
}

function isEvent(value: unknown): value is TransactionEvent {
  return typeof (value as TransactionEvent | null)?.transaction === 'string';
}

/** Spec: envelope.md section 4.3. The context of the trace counts as such with its data only. */
function normaliseEvent<T extends Event>({ ...event }: T): T {
  const { user, extra, contexts, breadcrumbs } = event;
  if (user) event.user = normalise(user) as typeof user;
  if (extra) event.extra = normalise(extra) as typeof extra;
  if (contexts) {
    const { trace } = contexts;
    event.contexts = { ...(normalise(contexts) as typeof contexts), trace };
  }
  if (breadcrumbs) {
    event.breadcrumbs = breadcrumbs.map(({ ...crumb }) => {
      if (crumb.data) crumb.data = normalise(crumb.data) as typeof crumb.data;
      return crumb;
    });
  }
  return event;
}

/** Shows the root, as a span, and every other span to `beforeSendSpan`. */
function showSpans(event: TransactionEvent, { options }: Session): void {
  const show = (span: SpanJSON): SpanJSON => {
    const seen: unknown = options.beforeSendSpan!(span);
    if (seen) return seen as SpanJSON;
    warn(options.debug, 'beforeSendSpan returned nothing; the span stays');
    return span;
  };
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
 * Adds what scopes carry to a payload, and shows it to the hooks of the user.
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
  const asIs = { body, spans: 0 };
  const carry = quietly(() => carrier?.(root));
  if (!beforeSendTransaction && !beforeSendSpan && !ignored.length && !carry) return asIs;
  const [header = '', item = '', text = ''] = new TextDecoder().decode(body).split('\n');
  if (!item.includes('"transaction"')) return asIs;
  let event = JSON.parse(text) as TransactionEvent;
  const { transaction } = event;
  const count = event.spans.length;
  const isIgnored = (pattern: unknown): boolean =>
    pattern instanceof RegExp
      ? new RegExp(pattern).test(transaction)
      : transaction.includes(pattern as string);

  const dropped = (why?: unknown): Shaped => {
    if (why) warn(debug, `a transaction is not sent: ${why as string}`);
    return { spans: count + 1, dropped: BY_HOOK };
  };
  const finish = (result: unknown): Shaped => {
    if (!isEvent(result)) return dropped(result === null ? '' : 'no event');
    if (result.transaction !== transaction) result.transaction_info = { source: 'custom' };
    const lines = [header, item, JSON.stringify(result)].join('\n');
    // An event without spans lost them.
    const left = (result.spans as SpanJSON[] | undefined)?.length ?? 0;
    return { body: new TextEncoder().encode(lines), spans: Math.max(0, count - left) };
  };
  try {
    if (ignored.some(isIgnored)) return { spans: 0, dropped: BY_PROCESSOR };
    if (carry) {
      carry(event);
      event = normaliseEvent(event);
    }
    if (typeof beforeSendSpan === 'function') showSpans(event, session);
    const result: unknown =
      typeof beforeSendTransaction === 'function' ? beforeSendTransaction(event, {}) : event;
    // As a promise of ours: what else has a `then` may not give one back.
    return isThenable(result)
      ? Promise.resolve(result).then(finish).catch(dropped)
      : finish(result);
  } catch (error) {
    return dropped(error);
  }
}
