import type { Session } from '../api/client.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { mergeHeaders } from './headers.js';
import type { Recorder, WatchFetch } from './recorder.js';
import { Flag, joinBaggage, startRequest } from './request.js';
// Behind the others: 0.03 KB brotli of the propagation entry.
import { methodOf, urlOf, withHeaders, type FetchArguments } from './fetch-call.js';

type Fetch = typeof fetch;

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
      let traced = args;
      quietly(() => {
        if (args.length === 0) return;
        const [input, init] = args;
        const url = urlOf(input);
        const flags = recorder?.spanWanted_(url) === false ? Flag.spanUnwanted : 0;
        const decision = startRequest(session, url, methodOf(input, init), flags);
        if (!decision) return;
        const theirs = init?.headers ?? (input instanceof Request ? input.headers : undefined);
        const { headers } = decision;
        // Whatever becomes of the headers, the span has to end.
        const started = headers && quietly(() => mergeHeaders(theirs, headers, join));
        watch = recorder?.fetchStarts_(session, decision, url, theirs, args);
        if (!started) return;
        traced = args.slice() as FetchArguments;
        traced[1] = withHeaders(init, started);
      });
      const call = () => Reflect.apply(original, this, traced) as ReturnType<Fetch>;
      return watch ? watch(call) : call();
    };
  });
}
