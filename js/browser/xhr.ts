import type { Session } from '../api/client.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import type { Recorder } from './recorder.js';
import { Flag, joinBaggage, startRequest } from './request.js';

/** What is remembered of a request between `open` and `send`. */
interface Note {
  method: string;
  url: string;
  /** Lower-cased names; repeated calls combine as on the wire. */
  headers: Map<string, string>;
  /** It was sent; ends its span. */
  end_?: (() => void) | undefined;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes XMLHttpRequest carry the trace.
 *
 * Spec: propagation.md section 13; spans.md section 6.
 *
 * @param recorder records the requests as well
 * @returns what puts the originals back
 */
export function traceXhr(session: Session, recorder?: Recorder): (() => void)[] {
  const notes = new WeakMap<XMLHttpRequest, Note>();
  const { core } = session;
  const prototype = XMLHttpRequest.prototype as unknown as Record<string, Method>;
  const { setRequestHeader: original } = prototype;

  const begin = (xhr: XMLHttpRequest): void => {
    const note = notes.get(xhr);
    // One `open` makes one request, however often `send` is tried.
    if (!note || note.end_) return;
    const { url, method, headers } = note;
    const unwanted = recorder?.spanWanted_(url, headers) === false ? Flag.spanUnwanted : 0;
    const flags = Flag.xhr | unwanted;
    const decision = startRequest(session, url, method, flags);
    const ours = decision?.headers;
    // What the page set cannot be taken back, so a sentry-trace of its own stops all of ours.
    if (ours && !headers.has('sentry-trace')) {
      const set = (name: string, value: string | undefined): void => {
        if (value)
          quietly(() => {
            Reflect.apply(original!, xhr, [name, value]);
          });
      };
      set('sentry-trace', ours['sentry-trace']);
      if (!headers.has('traceparent')) set('traceparent', ours.traceparent);
      const theirs = headers.get('baggage');
      const text = ours.baggage;
      // Theirs is on the wire already and ours would follow it: only where the rule joins them.
      const joins = !theirs || (text && joinBaggage(core, theirs, text) !== theirs);
      if (joins) set('baggage', text);
    }
    if (decision) note.end_ = recorder?.xhrStarts_(session, decision, xhr, headers);
  };

  /** Patches a method with what is noted before each call. */
  const before = (name: string, note: (xhr: XMLHttpRequest, args: unknown[]) => void) =>
    patch(prototype, name, (original) => {
      return function (this: unknown, ...args) {
        quietly(() => {
          note(this as XMLHttpRequest, args);
        });
        return Reflect.apply(original, this, args);
      };
    });

  return [
    before('open', (xhr, [method, url]) => {
      notes.get(xhr)?.end_?.();
      notes.set(xhr, {
        method: String(method).toUpperCase(),
        url: String(url),
        headers: new Map(),
      });
    }),
    before('setRequestHeader', (xhr, [given, value]) => {
      const headers = notes.get(xhr)?.headers;
      const name = String(given).toLowerCase();
      const earlier = headers?.get(name);
      headers?.set(name, earlier === undefined ? String(value) : `${earlier}, ${String(value)}`);
    }),
    before('send', begin),
  ];
}
