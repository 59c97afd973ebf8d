import { activeHandle, here } from '../api/scopes.js';
import { headersFor, readHeaderTexts, type HeaderTexts } from '../api/propagation.js';
import type { Decision, Session } from '../api/client.js';
import type { Core } from '../core/core.js';
import { Cell, Word } from '../core/module.js';
import { lookAtBase } from './page.js';
import { answerRequest } from './request-asks.js';

/** Flags of a request. */
export const enum Flag {
  xhr = 1,
  spanUnwanted = 2,
  explain = 4,
  suppressed = 8,
}

let texts: HeaderTexts | undefined;
let textsNumber = 0;
let textsOf: Session | undefined;

/**
 * Tells the core that a request starts; repeats the event with the answers that it asks for.
 *
 * @param method upper case
 * @returns nothing when the core would not decide
 */
export function startRequest(
  session: Session,
  url: string,
  method: string,
  flags: number,
): Decision | undefined {
  const { core, host } = session;
  const { raw } = core;
  lookAtBase(core);
  // Resolution, then patterns, then a decision, then the answer.
  for (let round = 0; round < 4; round++) {
    core.write(url.length + method.length);
    const urlBytes = core.put(url);
    const methodBytes = core.put(method);
    const active = activeHandle();
    const { scope, suppressed } = here();
    const all = suppressed ? flags | Flag.suppressed : flags;
    const now = host.now();
    core.alive = false;
    const word = raw.tl_request(scope, active, core.text, urlBytes, methodBytes, all, now);
    core.alive = true;
    core.see(word);
    const { cells } = core;
    if (word & Word.asks) {
      answerRequest(session, url, cells[Cell.asks]!);
      continue;
    }
    const attach = cells[Cell.attach] === 1;
    const reason = cells[Cell.reason]!;
    const pattern = cells[Cell.pattern]!;
    const span = cells[Cell.spanHandle]!;
    const number = cells[Cell.headerNumber]!;
    const spanId = attach ? core.hex(Cell.spanId, 8) : '';
    core.settle(word);
    const decision: Decision = { attach, reason, pattern, span, headers: undefined };
    if (attach) {
      if (number !== textsNumber || textsOf !== session || !texts) {
        // A request may be a root of its own.
        texts = readHeaderTexts(session, span || active);
        textsNumber = number;
        textsOf = session;
      }
      decision.headers = headersFor(texts, spanId);
    }
    if (session.options.debug && !(flags & Flag.explain)) {
      host.tellRequest_?.(session, url, decision);
    }
    return decision;
  }
  return undefined;
}

/** A baggage header that the page set and ours, joined by the core's rule. */
export function joinBaggage(core: Core, theirs: string, ours: string): string {
  const both = core.texts(theirs, ours);
  return core.ask(() => core.raw.tl_join_baggage(both));
}

/** Tells the core how a request ended. `status` -1: without a response. */
export function endRequest(session: Session, span: number, status: number, size: number): void {
  const { core, host } = session;
  if (span === 0 || !core.alive) return;
  const now = host.now();
  core.run(() => core.raw.tl_response(span, status, size, now));
}
