// Answers to questions of the core. Bundles whose core streams spans take js/streaming/asks.ts
// instead of this file.
import { Ask } from '../core/module.js';
import type { Session } from './client.js';
import { shapeDsc } from './hooks.js';
import { markIgnoredSpans } from './ignored-spans.js';

/** Questions of `tl_take` that were answered. */
export const enum Answered {
  dsc = 1,
  ignored = 2,
}

/**
 * Answers what `tl_take` asked.
 *
 * @param json what it is about
 * @param root handle of the root that it belongs to
 */
export function answerTake(session: Session, asks: number, json: string, root: number): Answered {
  if (asks & Ask.dsc) {
    shapeDsc(session, json, root);
    return Answered.dsc;
  }
  markIgnoredSpans(session, json, root);
  return Answered.ignored;
}
