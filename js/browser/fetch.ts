import type { Session } from '../api/client.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { mergeHeaders } from './headers.js';
import type { Recorder, WatchFetch } from './recorder.js';
import { Flag, joinBaggage, startRequest } from './request.js';

type Fetch = typeof fetch;
type FetchArguments = [input: RequestInfo | URL, init?: RequestInit, ...rest: unknown[]];

function urlOf(input: RequestInfo | URL): string {
  if (typeof input === 'string') return input;
  return input instanceof Request ? input.url : String(input);
}

// With two arguments the second one's method counts, then the Request's.
function methodOf(input: RequestInfo | URL, init: RequestInit | undefined): string {
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  return method.toUpperCase();
}

/** A copy of `init` with other headers; the caller's object is only read. */
function withHeaders(init: RequestInit | undefined, headers: HeadersInit): RequestInit {
  const prototype: unknown = init && Object.getPrototypeOf(init);
  if (!init || prototype === Object.prototype || prototype === null) return { ...init, headers };
  // Getters of a class, or of a Request used as init: they want their own object as `this`.
  return new Proxy(init, {
    get: (target, key) => (key === 'headers' ? headers : (Reflect.get(target, key) as unknown)),
  });
}

/**
 * Makes `fetch` carry the trace.
 *
 * @param recorder records the requests as well
 * @returns what puts the original back
 */
export function traceFetch(session: Session, recorder?: Recorder): () => void {
  const { core } = session;
  const join = (theirs: string, ours: string): string => joinBaggage(core, theirs, ours);

  return patch(globalThis as { fetch: Fetch }, 'fetch', (original) => {
    return function (this: unknown, ...args: FetchArguments) {
      let watch: WatchFetch | undefined;
      const traced = quietly((): FetchArguments | undefined => {
        if (args.length === 0) return undefined;
        const [input, init, ...rest] = args;
        const url = urlOf(input);
        const flags = recorder?.spanWanted_(url) === false ? Flag.spanUnwanted : 0;
        const decision = startRequest(session, url, methodOf(input, init), flags);
        if (!decision) return undefined;
        const theirs = init?.headers ?? (input instanceof Request ? input.headers : undefined);
        const { headers } = decision;
        // Whatever becomes of the headers, the span has to end.
        const started = headers && quietly(() => mergeHeaders(theirs, headers, join));
        watch = recorder?.fetchStarts_(session, decision, url, theirs, args);
        return started && [input, withHeaders(init, started), ...rest];
      });
      const call = () => Reflect.apply(original, this, traced ?? args) as ReturnType<Fetch>;
      return watch ? watch(call) : call();
    };
  });
}
