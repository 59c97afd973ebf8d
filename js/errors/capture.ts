import { isThenable } from '../api/scopes.js';
import { after, Dropped, type Shaped } from '../api/shaping.js';
import {
  explainTrace,
  getActiveSpan,
  getClient,
  getTraceData,
  openEvent,
  Scope,
  spanToJSON,
  withScope,
  type Client,
  type Event,
  type EventHint,
  type ScopeContext,
  type SeverityLevel,
} from '../index.js';
import { addMechanism, eventOf, type MadeEvent } from './exception.js';
import { addLinked } from './linked.js';
import { isA, textOf } from './read.js';
import { isRepeated } from './repeated.js';

/** What goes with one event only: a scope, what scopes take, or a function that changes a scope. */
export type CaptureContext =
  Scope | ScopeContext | ((scope: Scope) => Scope | ScopeContext | undefined);

/** Members of a hint that make it a CaptureContext. */
const OF_CONTEXTS = ['user', 'level', 'extra', 'contexts', 'tags', 'fingerprint'];

/** What was captured: the same is sent once. Notes on the objects themselves would show. */
const seen = new WeakSet();

/** Not by the core, which makes all other ids: callers get one even where there is none. */
function makeEventId(): string {
  const bytes = new Uint8Array(16);
  try {
    crypto.getRandomValues(bytes);
  } catch {
    bytes.forEach((_, index) => {
      bytes[index] = Math.random() * 256;
    });
  }
  // As of a random UUID.
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
}

function hintOf(given: EventHint | CaptureContext | undefined): EventHint {
  if (!given) return {};
  const isContext =
    typeof given === 'function' ||
    isA(given, Scope) ||
    Object.keys(given).some((key) => OF_CONTEXTS.includes(key));
  return isContext ? { captureContext: given } : (given as EventHint);
}

/** An Error whose stack begins with whoever called `caller`. */
function errorHere(message: string, caller: (...args: never[]) => unknown): Error {
  const error = new Error(message);
  const { captureStackTrace } = Error as {
    captureStackTrace?: (target: Error, above: unknown) => void;
  };
  captureStackTrace?.(error, caller);
  return error;
}

/** The members of our own `baggage`, by name without prefix. */
function samplingContextOf(baggage: string | undefined): Record<string, string> {
  const members = baggage?.split(',').map((member) => member.split('=').map(decodeURIComponent));
  return Object.fromEntries((members ?? []).map(([key = '', value = '']) => [key.slice(7), value]));
}

/**
 * Which trace code that runs here and now belongs to, as its requests would say.
 *
 * Spec: propagation.md section 10.
 */
function traceHere(): { trace: Record<string, string>; sampling: Record<string, string> } {
  const { 'sentry-trace': ids = '', baggage } = getTraceData();
  const [trace_id = '', span_id = ''] = ids.split('-');
  const active = getActiveSpan();
  const parent = active ? spanToJSON(active).parent_span_id : explainTrace()?.parentSpanId;
  return {
    trace: { trace_id, span_id, ...(parent && { parent_span_id: parent }) },
    sampling: samplingContextOf(baggage),
  };
}

/** The event with all that is known, or nothing if it is not to be sent. */
function complete(
  client: Client,
  made: MadeEvent,
  frame: Event,
  id: string,
  hint: EventHint,
  trace: Record<string, string>,
): Event | undefined {
  if (hint.mechanism) addMechanism(made, hint.mechanism);
  addLinked(made, hint.originalException);
  if (isRepeated(made, client)) return undefined;
  const request = made['request'] as object | undefined;
  return {
    timestamp: Date.now() / 1000,
    platform: 'javascript',
    ...frame,
    ...made,
    event_id: id,
    contexts: { trace, ...made.contexts },
    ...(request && { request: { ...(frame['request'] as object), ...request } }),
  };
}

function send(id: string, make: () => MadeEvent, hint: EventHint): void {
  const opened = openEvent();
  if (!opened) return;
  const { lines, prepared } = opened;
  const client = getClient()!;
  const { beforeSend, debug } = client.getOptions();
  const dropped = (why?: unknown): Shaped => {
    if (why && debug) console.warn(`[throughline] an error is not sent: ${textOf(why)}`);
    return { dropped: Dropped.byHook };
  };
  // The scopes of here and now were looked at; from here on it may take its time.
  const shape = (): Shaped | PromiseLike<Shaped> => {
    const [head, frame] = lines.map((line) => JSON.parse(line) as Event);
    const { trace, sampling } = traceHere();
    const header = JSON.stringify({ event_id: id, ...head, trace: sampling });
    const finish = (result: unknown): Shaped => {
      if (typeof result !== 'object' || !result) {
        return dropped(result === null ? '' : 'beforeSend returned no event');
      }
      const sent = prepared?.sends(result as Event, hint);
      const text = [header, '{"type":"event"}', JSON.stringify(result)].join('\n');
      return { body: new TextEncoder().encode(text), sent };
    };
    const show = (event: Event | null): Shaped | PromiseLike<Shaped> => {
      if (!event) return { dropped: Dropped.byProcessor };
      return after(typeof beforeSend === 'function' ? beforeSend(event, hint) : event, finish);
    };
    const event = complete(client, make(), frame!, id, hint, trace) ?? null;
    const shaped = after(event && prepared ? prepared.prepare(event, hint) : event, show);
    return isThenable(shaped) ? Promise.resolve(shaped).catch(dropped) : shaped;
  };
  let left: Shaped | PromiseLike<Shaped>;
  try {
    left = shape();
  } catch (error) {
    left = dropped(error);
  }
  opened.send(left);
}

/** @param object what is sent once; anything but an object is sent each time */
function capture(id: string, make: () => MadeEvent, hint: EventHint, object: unknown): string {
  try {
    const isObject = typeof object === 'object' && object !== null;
    if (!getClient() || (isObject && seen.has(object))) return id;
    if (isObject) seen.add(object);
    const { captureContext } = hint;
    if (captureContext) {
      withScope((scope) => {
        try {
          scope.update(captureContext);
        } catch {
          // The event goes without it.
        }
        send(id, make, hint);
      });
    } else {
      send(id, make, hint);
    }
  } catch {
    // Whatever was captured, the page does not see what is wrong with it.
  }
  return id;
}

/**
 * Sends an error, or whatever else was thrown, with the trace that it happened in.
 *
 * @param hint what goes to `beforeSend` and processors, or what goes with this event only
 * @returns the id of the event, also where nothing is sent
 */
export function captureException(exception: unknown, hint?: EventHint | CaptureContext): string {
  const given = hintOf(hint);
  const id = given.event_id ?? makeEventId();
  const full: EventHint = {
    originalException: exception,
    syntheticException: errorHere('captured here', captureException),
    ...given,
    event_id: id,
  };
  return capture(id, () => eventOf(exception, full), full, exception);
}

/**
 * Sends a message, with the trace that it belongs to.
 *
 * @param context its level (default `info`), or what goes with this event only
 * @returns the id of the event, also where nothing is sent
 */
export function captureMessage(message: string, context?: SeverityLevel | CaptureContext): string {
  const id = makeEventId();
  const level = typeof context === 'string' ? context : 'info';
  const hint: EventHint = {
    originalException: message,
    syntheticException: errorHere(textOf(message), captureMessage),
    ...(typeof context !== 'string' && { captureContext: context }),
    event_id: id,
  };
  const thrown: unknown = message;
  const isText = typeof thrown !== 'object' || thrown === null;
  return capture(
    id,
    () => (isText ? { message: textOf(message), level } : eventOf(message, hint)),
    hint,
    thrown,
  );
}

/**
 * Sends an event that the application made, completed by what is known here.
 *
 * @returns its id, also where nothing is sent
 */
export function captureEvent(event: Event, hint: EventHint = {}): string {
  const id = event.event_id ?? hint.event_id ?? makeEventId();
  // Transactions are made of spans.
  const make = (): MadeEvent => {
    const made: MadeEvent = { ...event };
    delete made.type;
    const { exception } = made;
    // Theirs stay as they are.
    if (exception) made.exception = { values: exception.values.map((value) => ({ ...value })) };
    return made;
  };
  return capture(id, make, { ...hint, event_id: id }, hint.originalException);
}
