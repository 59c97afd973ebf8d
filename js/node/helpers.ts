import { current } from '../api/client.js';
import type { DynamicSamplingContext } from '../api/hooks.js';
import type { Span } from '../api/span.js';
import { getTraceData } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import { mergeBaggage } from './request.js';

/**
 * Text of a `baggage` header, or of the meta tag of that name.
 *
 * @param dsc values by key without prefix, as `span.getBaggage()` answers them
 * @param existing a header to join it to: members of others stay as they are, `sentry-` ones go
 *   (server.md section 4.3)
 * @returns `existing` where there is no client; an empty text for nothing
 */
export function serializeBaggage(dsc: DynamicSamplingContext = {}, existing = ''): string {
  const session = current();
  const text =
    session &&
    quietly(() => {
      const { core } = session;
      const members = Object.entries(dsc).filter(([, value]) => value !== undefined);
      const texts = core.texts(...members.flat().map(String));
      const ours = core.ask(() => core.raw.tl_answer_dsc(texts, members.length));
      return mergeBaggage(session, existing, ours);
    });
  return text ?? existing;
}

/** Value of a W3C `traceparent` header: `00`, trace id, span id and flags. */
export function spanToTraceparentHeader(span: Span): string {
  return getTraceData({ span, propagateTraceparent: true }).traceparent ?? '';
}
