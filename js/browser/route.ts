import type { Session } from '../api/client.js';
import { decide } from '../api/hooks.js';
import { explainTrace } from '../api/propagation.js';
import { spanOf, type Span } from '../api/span.js';
import { Cell } from '../core/module.js';
import { tellTrace } from './debug-lines.js';

/**
 * Tells the core of a page load or a change of URL.
 *
 * @param prepare writes the texts of the event, 1: answered. @returns the call
 * @param wantsSpan whether the caller needs the route span
 * @returns the route span, if one started and somebody needs it
 */
export type StartRoute = (
  session: Session,
  kind: 'pageload' | 'navigation',
  prepare: (answered: number) => () => void,
  wantsSpan?: boolean,
) => Span | undefined;

/** Asks user code about the route span if the core wants it. */
export const startRoute: StartRoute = (session, kind, prepare, wantsSpan) => {
  const { core, options } = session;
  const before = options.debug && explainTrace()?.traceId;
  let attributes: Parameters<Span['setAttributes']>[0] | undefined;
  let handle = 0;
  for (const answered of [0, 1]) {
    const call = prepare(answered);
    const word = core.call(() => {
      call();
      return core.module.raw.tl_word();
    });
    // Read before anything is sent, which may ask for something as well.
    const asks = core.cells[Cell.asks]!;
    handle = core.cells[Cell.spanHandle]!;
    const name = asks ? core.answer() : '';
    core.settle(word);
    if (!asks) break;
    const given = { 'sentry.source': 'url', 'sentry.origin': `auto.${kind}.browser` };
    attributes = decide(session, name, given);
  }
  // Not the active span: that may be one of the application, around the change of URL.
  const span = attributes || wantsSpan ? spanOf(core, handle) : undefined;
  if (attributes) span?.setAttributes(attributes);
  if (options.debug && explainTrace()?.traceId !== before) tellTrace();
  return span;
};
