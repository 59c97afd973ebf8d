import { current } from '../api/client.js';
import type { TraceData } from '../api/propagation.js';
import { quietly } from '../base/quietly.js';
import { resolve } from './page.js';
import { Flag, startRequest } from './request.js';

/** Why a request would carry the trace, or why not. */
export interface Explanation {
  attach: boolean;
  /** Name of the core's reason code, such as `target-matched` or `other-origin`. */
  reason: string;
  /** The URL as the browser resolves it; the text as given if it cannot be parsed. */
  url: string;
  /** What would be attached. */
  headers: TraceData;
}

/**
 * Tells what a request would carry, without sending anything.
 *
 * @param input as for `fetch`
 */
export function explainPropagation(input: RequestInfo | URL): Explanation {
  const raw = input instanceof Request ? input.url : String(input);
  const url = resolve(raw)?.href ?? raw;
  const session = current();
  const decision = session && quietly(() => startRequest(session, raw, 'GET', Flag.explain));
  if (!session || !decision) return { attach: false, reason: 'core-unavailable', url, headers: {} };
  const { attach, reason, headers = {} } = decision;
  const { core } = session;
  const name = core.ask(() => {
    core.module.reasonName(reason);
  });
  return { attach, reason: name, url, headers };
}
