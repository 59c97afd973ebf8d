// Takes the place of js/api/asks.ts where the core streams spans.
import type { Session } from '../api/client.js';
import { shapeDsc } from '../api/hooks.js';
import { markIgnoredSpans } from '../api/ignored-spans.js';
import { Ask } from '../core/module.js';
import { showSpan } from './show.js';

/** As in js/api/asks.ts; besides, a span that ended is shown to who wants to see it. */
export function answerTake(session: Session, asks: number, json: string, root: number): number {
  if (asks & Ask.dsc) {
    shapeDsc(session, json, root);
    return 1;
  }
  if (asks & Ask.span) showSpan(session, json, root);
  else markIgnoredSpans(session, json, root);
  return 0;
}
