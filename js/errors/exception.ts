import { normalise } from '../api/normalise.js';
import type { Event as ErrorEvent, EventHint } from '../index.js';
import { framesOf, type StackFrame } from './frames.js';
import { isA, kindOf, read, textOf } from './read.js';

/** How an error came to be known. */
export interface Mechanism {
  type: string;
  handled: boolean;
  /** It is no Error, so the stack is that of the capture. */
  synthetic?: boolean;
  [member: string]: unknown;
}

/** One error of an event; those that caused it stand before it. */
export interface ExceptionValue {
  type?: string;
  value: string;
  mechanism?: Mechanism;
  stacktrace?: { frames: StackFrame[] };
}

/** What was captured, as an event. */
export interface MadeEvent extends ErrorEvent {
  exception?: { values: ExceptionValue[] };
}

/** Its extra. Not written as a name: the bundler gives those that end like this other ones. */
const SERIALISED = '__serialized__';
/** Most bytes, about, of an object that is sent along. */
const MAX_OBJECT = 100 * 1024;

/** Adds to what is known of the way of an event's first error. */
export function addMechanism({ exception }: MadeEvent, more?: object): void {
  const first = exception?.values[0];
  if (first) first.mechanism = { type: 'generic', handled: true, ...first.mechanism, ...more };
}

function stacktraceOf(error: unknown): Pick<ExceptionValue, 'stacktrace'> {
  const frames = framesOf(error);
  return frames.length ? { stacktrace: { frames } } : {};
}

/** An error by itself, without those that caused it. */
export function exceptionOf(error: unknown): ExceptionValue {
  const name = read(error, 'name');
  const message = read(error, 'message');
  // Some wrap the error that they stand for.
  const inner = read(read(message ?? {}, 'error') ?? {}, 'message');
  return {
    ...(name !== undefined && { type: textOf(name) }),
    value: typeof inner === 'string' ? inner : textOf(message ?? '') || 'No error message',
    ...stacktraceOf(error),
  };
}

/** An object as it is sent along: as deep as its size allows. */
function serialise(object: object): unknown {
  for (let depth = 3; depth > 0; depth--) {
    const copy = normalise(object, depth);
    if (JSON.stringify(copy).length <= MAX_OBJECT) return copy;
  }
  return normalise(object, 0);
}

function keysOf(object: object): string[] {
  try {
    return Object.keys(object);
  } catch {
    return [];
  }
}

/** What is said of an event: few of its members are its own. */
function membersOfEvent(event: object, own: string[]): object {
  const names = ['type', 'target', 'currentTarget', ...own];
  if (isA(event, globalThis.CustomEvent)) names.push('detail');
  return Object.fromEntries(names.map((name) => [name, read(event, name)]));
}

/** Thrown objects and events that stand for no error. */
function ofObject(object: object, hint: EventHint): MadeEvent {
  const keys = keysOf(object);
  const isEvent = isA(object, globalThis.Event);
  const extra = { [SERIALISED]: serialise(isEvent ? membersOfEvent(object, keys) : object) };
  const error = keys.map((key) => read(object, key)).find((value) => isA(value, Error));
  if (error) return { exception: { values: [exceptionOf(error)] }, extra };
  const list = keys.sort().join(', ') || '[object has no keys]';
  const exception = { type: 'Error', value: `Object captured as exception with keys: ${list}` };
  if (isEvent) {
    exception.type = textOf(read(read(object, 'constructor'), 'name'));
    const what =
      kindOf(object) === 'ErrorEvent'
        ? `captured as exception with message \`${textOf(read(object, 'message'))}\``
        : `(type=${textOf(read(object, 'type'))}) captured as exception`;
    exception.value = `Event \`${exception.type}\` ${what}`;
  }
  return {
    exception: { values: [{ ...exception, ...stacktraceOf(hint.syntheticException) }] },
    extra,
  };
}

/** Texts, numbers, and whatever else can be thrown. */
function ofText(text: string): MadeEvent {
  return { message: text, exception: { values: [{ type: 'Error', value: text }] } };
}

/** What is no object and no text is the message as it is, if JSON can hold it. */
function ofOther(thrown: unknown): MadeEvent {
  const isPlain = thrown === null || ['number', 'boolean', 'undefined'].includes(typeof thrown);
  const event = ofText(textOf(thrown));
  return isPlain ? { ...event, message: thrown } : event;
}

/** Errors of the browser, of which older ones have no stack. */
function ofDomException(error: object): MadeEvent {
  const name = textOf(read(error, 'name') ?? 'DOMException');
  const message = textOf(read(error, 'message') ?? '');
  const event =
    read(error, 'stack') !== undefined
      ? { exception: { values: [exceptionOf(error)] } }
      : ofText(message ? `${name}: ${message}` : name);
  const code = read(error, 'code');
  return code === undefined ? event : { ...event, tags: { 'DOMException.code': textOf(code) } };
}

/** The event of whatever was thrown; names and texts are those of `@sentry/browser` 10. */
export function eventOf(thrown: unknown, hint: EventHint): MadeEvent {
  const kind = kindOf(thrown);
  let event: MadeEvent;
  let synthetic = false;
  if (kind === 'ErrorEvent' && read(thrown, 'error')) {
    return eventOf(read(thrown, 'error'), hint);
  } else if (kind === 'DOMException' || kind === 'DOMError') {
    event = ofDomException(thrown as object);
  } else if (kind === 'Error' || isA(thrown, Error)) {
    event = { exception: { values: [exceptionOf(thrown)] } };
  } else {
    synthetic = true;
    event =
      kind === 'Object' || isA(thrown, globalThis.Event)
        ? ofObject(thrown as object, hint)
        : ofOther(thrown);
  }
  addMechanism(event, synthetic ? { synthetic } : {});
  return { ...event, level: 'error' };
}
