import { quietly } from '../base/quietly.js';
import { resolve } from './page.js';
import type { TracePropagationTarget } from '../api/options.js';
import type { TraceData } from '../api/propagation.js';
import { current } from '../api/client.js';
import { mergeHeaders } from './headers.js';
import { Flag, joinBaggage, startRequest } from './request.js';

/** Why a request would carry the trace, or why not. */
export interface Explanation {
  attach: boolean;
  /** Name of the core's reason code, such as `target-matched` or `other-origin`. */
  reason: string;
  /** The entry of `tracePropagationTargets` that matched. */
  pattern?: TracePropagationTarget;
  /** The URL as the browser resolves it; the text as given if it cannot be parsed. */
  url: string;
  /** What would be added to the request. */
  headers: TraceData;
}

const NAMES = ['sentry-trace', 'baggage', 'traceparent'] as const;
/** As wasm/throughline/base/reason.h numbers it. */
const ALREADY_SET = 8;

/**
 * Tells what a request would carry, without sending anything.
 *
 * @param input as for `fetch`
 * @param init as for `fetch`; only its headers count
 */
export function explainPropagation(input: RequestInfo | URL, init?: RequestInit): Explanation {
  const raw = input instanceof Request ? input.url : String(input);
  const url = resolve(raw)?.href ?? raw;
  const session = current();
  const none = { attach: false, url, headers: {} };
  const explained =
    session &&
    quietly((): Explanation | undefined => {
      const { core } = session;
      const decision = startRequest(session, raw, 'GET', Flag.explain);
      if (!decision) return undefined;
      const nameOf = (reason: number): string => core.ask(() => core.raw.tl_reason_name(reason));
      const ours = decision.headers;
      if (!ours) return { ...none, reason: nameOf(decision.reason) };
      const theirs = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
      const join = (a: string, b: string): string => joinBaggage(core, a, b);
      const merged = mergeHeaders(new Headers(theirs), ours, join) as Headers;
      const headers: TraceData = {};
      for (const name of NAMES) {
        const value = merged.get(name);
        if (value && value !== theirs.get(name)) headers[name] = value;
      }
      const isSet = Boolean(theirs.get('sentry-trace'));
      const explanation: Explanation = {
        attach: !isSet,
        reason: nameOf(isSet ? ALREADY_SET : decision.reason),
        url,
        headers,
      };
      const pattern = session.targets[decision.pattern];
      if (pattern !== undefined) explanation.pattern = pattern as TracePropagationTarget;
      return explanation;
    });
  return explained ?? { ...none, reason: 'core-unavailable' };
}
