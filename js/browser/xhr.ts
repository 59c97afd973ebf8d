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

type Open = (this: unknown, method: unknown, url: unknown, ...rest: unknown[]) => void;
type SetHeader = (this: unknown, name: unknown, value: unknown) => void;
type Send = (this: unknown, body?: unknown) => void;

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
  const prototype: unknown = XMLHttpRequest.prototype;
  let original: SetHeader;

  const begin = (xhr: XMLHttpRequest): void => {
    const note = notes.get(xhr);
    // One `open` makes one request, however often `send` is tried.
    if (!note || note.end_) return;
    const { url, method, headers } = note;
    if (recorder?.isFetch_(url, headers.get('sentry-trace'))) return;
    const unwanted = recorder?.spanWanted_(url) === false ? Flag.spanUnwanted : 0;
    const flags = Flag.xhr | unwanted;
    const decision = startRequest(session, url, method, flags);
    const ours = decision?.headers;
    // What the page set cannot be taken back, so a sentry-trace of its own stops all of ours.
    if (ours && !headers.has('sentry-trace')) {
      const set = (name: string, value: string | undefined): void => {
        if (value)
          quietly(() => {
            Reflect.apply(original, xhr, [name, value]);
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

  return [
    patch(prototype as { open: Open }, 'open', (open) => {
      return function (...args) {
        quietly(() => {
          const [method, url] = args;
          notes.get(this as XMLHttpRequest)?.end_?.();
          notes.set(this as XMLHttpRequest, {
            method: String(method).toUpperCase(),
            url: String(url),
            headers: new Map(),
          });
        });
        Reflect.apply(open, this, args);
      };
    }),
    patch(prototype as { setRequestHeader: SetHeader }, 'setRequestHeader', (setHeader) => {
      original = setHeader;
      return function (...args) {
        quietly(() => {
          const headers = notes.get(this as XMLHttpRequest)?.headers;
          const name = String(args[0]).toLowerCase();
          const before = headers?.get(name);
          const value = String(args[1]);
          headers?.set(name, before === undefined ? value : `${before}, ${value}`);
        });
        Reflect.apply(setHeader, this, args);
      };
    }),
    patch(prototype as { send: Send }, 'send', (send) => {
      return function (...args) {
        quietly(() => {
          begin(this as XMLHttpRequest);
        });
        Reflect.apply(send, this, args);
      };
    }),
  ];
}
