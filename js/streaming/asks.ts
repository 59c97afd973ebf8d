// Takes the place of js/api/asks.ts where the core streams spans.
import type { Session } from '../api/client.js';
import { shapeDsc } from '../api/hooks.js';
import { markIgnoredSpans } from '../api/ignored-spans.js';
import { Ask } from '../core/module.js';
import { showSpan } from './show.js';

/** Questions of `tl_take` that were answered, as js/api/asks.ts numbers them. */
const enum Answered {
  nothing = 0,
  dsc = 1,
  ignored = 2,
}

/** As in js/api/asks.ts; besides, a span that ended is shown to who wants to see it. */
export function answerTake(session: Session, asks: number, json: string, root: number): Answered {
  if (asks & Ask.span) {
    showSpan(session, json, root);
    return Answered.nothing;
  }
  if (asks & Ask.dsc) {
    shapeDsc(session, json, root);
    return Answered.dsc;
  }
  markIgnoredSpans(session, json, root);
  return Answered.ignored;
}
