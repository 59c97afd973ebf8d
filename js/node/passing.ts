// Requests that the core need not know of: no caller traces them, they will not be recorded, and
// nobody is to be asked about them. Most requests of a server that records few of them are such.
import type { Session } from '../api/client.js';
import { CORE_HOOKS, isHeard, SPAN_HOOKS } from '../api/listeners.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from './exports.js';

/** How many of the next that no caller traces pass, and under which options that was said. */
let ahead = 0;
let optionsThen: object | undefined;

/** Those that are over, as the core is told of them. */
let over = '';

/** The core said so. */
export function noteAhead({ options }: Session, count: number): void {
  ahead = count;
  optionsThen = options;
}

/** Whether the next one passes, which no caller traces. */
export function passesNext({ options }: Session): boolean {
  if (ahead === 0 || options !== optionsThen) return false;
  if (isHeard(...CORE_HOOKS, ...SPAN_HOOKS, 'afterSpanEnd', 'afterSegmentSpanEnd')) return false;
  ahead--;
  return true;
}

/** One that was never opened is over. The core is told of all of a turn of the loop at once. */
export function notePassed({ core }: Session, method: string, target: string): void {
  if (!over) {
    setImmediate(() => {
      const all = over;
      over = '';
      quietly(() => {
        if (!core.alive) return;
        const texts = core.texts(all);
        core.run(() => (core.raw as ServerExports).tl_passed(texts));
      });
    });
  }
  over += `${method} ${target}\n`;
}
