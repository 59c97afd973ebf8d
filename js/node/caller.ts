import type { Core } from '../core/core.js';
import { ServerCell, type ServerExports } from './exports.js';

/**
 * Opens a scope in the trace of those headers, for a request of that method and target. Leaves in the
 * cells what became of its span.
 *
 * @returns its handle, 0 for none; not settled yet: the word of the call
 */
export function openScope(
  core: Core,
  texts: [string, string, string, string, string],
  isSpanWanted: boolean,
  now: number,
): { scope: number; word: number } {
  const raw = core.raw as ServerExports;
  const given = core.texts(...texts);
  const word = core.call(() => raw.tl_open_request(given, isSpanWanted ? 1 : 0, now));
  return { scope: core.cells[ServerCell.scope]!, word };
}

/** Opens a scope in the trace of a caller. @param parent its traceparent @returns its handle, 0 for none */
export function continueCaller(core: Core, trace: string, baggage: string, parent = ''): number {
  const { scope, word } = openScope(core, [trace, baggage, parent, '', ''], false, 0);
  core.settle(word);
  return scope;
}
