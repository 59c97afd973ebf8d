import type { Decision, Session } from '../api/client.js';
import { explainTrace } from '../api/propagation.js';
import { hintAtCors } from './cors-hint.js';
import { resolve } from './page.js';

/** Causes that were told already; more are not remembered, and not told. */
const told = new Set<string>();
const MAX_TOLD = 200;

/**
 * With `debug`: one line per decision about a request, each cause once per origin.
 * `explainPropagation` tells the same for a single request.
 */
export function tellRequest(session: Session, url: string, decision: Decision): void {
  const { core, targets } = session;
  const { attach, reason, pattern, headers } = decision;
  const origin = resolve(url)?.origin ?? url;
  const name = core.ask(() => core.raw.tl_reason_name(reason));
  const by = pattern < 0 ? '' : ` ${String(targets[pattern])}`;
  const line = `requests to ${origin}: ${attach ? 'headers' : 'no headers'} (${name}${by})`;
  if (told.has(line) || told.size >= MAX_TOLD) return;
  told.add(line);
  console.log(`[throughline] ${line}`);
  if (headers) hintAtCors(url, headers);
}

/** With `debug`: where the trace of a new route came from, and what was decided. */
export function tellTrace(): void {
  const trace = explainTrace();
  if (!trace) return;
  const { traceId, source, sampled, decision = 'undecided' } = trace;
  console.log(
    `[throughline] trace ${traceId}: ${source}, ${sampled ? 'sampled' : 'not sampled'} (${decision})`,
  );
}
