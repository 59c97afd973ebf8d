import type { Session } from '../api/client.js';
import { decide } from '../api/hooks.js';
import { explainTrace } from '../api/propagation.js';
import { getActiveSpan } from '../api/trace.js';
import { Cell } from '../core/module.js';
import { tellTrace } from './debug-lines.js';

/**
 * Tells the core of a page load or a change of URL.
 *
 * @param prepare writes the texts of the event, 1: answered. @returns the call
 */
export type StartRoute = (
  session: Session,
  kind: 'pageload' | 'navigation',
  prepare: (answered: number) => () => void,
) => void;

/** Asks user code about the route span if the core wants it. */
export const startRoute: StartRoute = (session, kind, prepare) => {
  const { core } = session;
  const before = session.options.debug && explainTrace()?.traceId;
  const name = core.ask(prepare(0));
  if (core.cells[Cell.asks]) {
    const given = { 'sentry.source': 'url', 'sentry.origin': `auto.${kind}.browser` };
    const attributes = decide(session, name, given);
    core.run(prepare(1));
    getActiveSpan()?.setAttributes(attributes);
  }
  if (session.options.debug && explainTrace()?.traceId !== before) tellTrace();
};
