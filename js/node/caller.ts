import { RecordedSpan } from '../api/span.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { ServerCell, type ServerExports } from './exports.js';
import { rememberRoot } from './families.js';

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

/** The root that a call left in the cells, one that is not recorded; nothing for none. */
export function unrecordedRoot(core: Core): RecordedSpan | undefined {
  const root = core.cells[Cell.spanHandle]!;
  if (root === 0) return undefined;
  rememberRoot(core, root);
  return new RecordedSpan(core);
}
