// Requests that the core need not know of: no caller traces them, they will not be recorded, and
// nobody is to be asked about them. Most requests of a server that records few of them are such.
import { current, type Session } from '../api/client.js';
import { CORE_HOOKS, isHeard, SPAN_HOOKS } from '../api/listeners.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from './exports.js';

/** How many of the next that no caller traces pass, and under which options that was said. */
let ahead = 0;
let optionsThen: object | undefined;

/** Of how many the core is told at once, and in how many characters: it reads them in one piece. */
const BATCH = 64;
const LONG = 4096;
/** Milliseconds until it is told of fewer. */
const PATIENCE = 1000;
const SAYS: Parameters<typeof isHeard> = [
  ...CORE_HOOKS,
  ...SPAN_HOOKS,
  'afterSpanEnd',
  'afterSegmentSpanEnd',
];

/** Those that are over, as the core is told of them. */
let over = '';
let count = 0;
let telling: NodeJS.Timeout | undefined;

/** The core said so. */
export function noteAhead({ options }: Session, count: number): void {
  ahead = count;
  optionsThen = options;
}

/** Whether the next one passes, which no caller traces. */
export function passesNext({ options }: Session): boolean {
  if (ahead === 0 || options !== optionsThen) return false;
  if (isHeard(...SAYS)) return false;
  ahead--;
  return true;
}

/** Tells the core of those that are over, before it is asked what was lost. */
export function tellPassed({ core }: Session): void {
  clearTimeout(telling);
  telling = undefined;
  const all = over;
  over = '';
  count = 0;
  if (!all || !core.alive) return;
  quietly(() => {
    const texts = core.texts(all);
    core.run(() => (core.raw as ServerExports).tl_passed(texts));
  });
}

/** One that was never opened is over. */
export function notePassed(session: Session, method: string, target: string): void {
  // What a client that was closed lost, nobody reports.
  if (current() !== session) return;
  over += `${method} ${target}\n`;
  if (++count >= BATCH || over.length > LONG) tellPassed(session);
  else {
    telling ??= setTimeout(() => {
      tellPassed(session);
    }, PATIENCE);
  }
}
