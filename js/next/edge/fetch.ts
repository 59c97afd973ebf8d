import type { Session } from '../../api/client.js';
import { methodOf, urlOf, withHeaders, type FetchArguments } from '../../browser/fetch-call.js';
import { patch } from '../../base/patch.js';
import { quietly } from '../../base/quietly.js';
import { attachHeaders, By, startOutgoing } from '../../node/request.js';

/** The arguments of a call with our headers; nothing: it goes as it is. */
function traced(session: Session, args: FetchArguments): FetchArguments | undefined {
  const [input, init, ...rest] = args;
  const started = startOutgoing(session, {
    by: By.fetch,
    url: urlOf(input),
    method: methodOf(input, init),
    userAgent: '',
    spanWanted: false,
  });
  if (!started?.headers) return undefined;
  const headers = new Headers(
    init?.headers ?? (input instanceof Request ? input.headers : undefined),
  );
  const fields = {
    get: (name: string) => [headers.get(name) ?? []].flat(),
    set: (name: string, value: string) => {
      headers.set(name, value);
    },
  };
  attachHeaders(session, fields, started.headers);
  return [input, withHeaders(init, headers), ...rest];
}

/**
 * Makes `fetch` carry the trace.
 *
 * @returns what puts the original back
 */
export function traceFetch(session: Session): () => void {
  return patch(globalThis as { fetch: typeof fetch }, 'fetch', (original) => {
    return function (this: unknown, ...args: FetchArguments) {
      const given = args.length > 0 ? quietly(() => traced(session, args)) : undefined;
      return Reflect.apply(original, this, given ?? args) as Promise<Response>;
    };
  });
}
