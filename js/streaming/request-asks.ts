// Takes the place of js/browser/request-asks.ts where the core streams spans.
import type { Session } from '../api/client.js';
import { decide } from '../api/hooks.js';
import { answerTarget } from '../browser/target-asks.js';
import { Ask, Cell } from '../core/module.js';

/** Gives the core the answers it lacks: where it goes, and what user code decides of its segment. */
export function answerRequest(session: Session, url: string, asks: number): void {
  const { core } = session;
  if (asks & Ask.decision) {
    // The core answered what the segment would be called.
    decide(session, core.answer(), { 'sentry.op': 'http.client' });
    core.cells[Cell.decided] = 1;
  }
  answerTarget(session, url, asks);
}
