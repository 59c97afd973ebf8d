// Time and timers of a page that pass when the runner says so.
import { setImmediate } from 'node:timers/promises';

/** Lets promises that are settled run their reactions. */
export const settle = () => setImmediate();

/** Starts at 0 ms; times are milliseconds since then. */
export class VirtualClock {
  now = 0;
  #timers = new Map();
  #last = 0;

  setTimeout(callback, delay = 0) {
    this.#last += 1;
    this.#timers.set(this.#last, { at: this.now + Math.max(0, delay), callback });
    return this.#last;
  }

  clearTimeout(id) {
    this.#timers.delete(id);
  }

  /** Goes to `time`, firing what is due on the way, in order. */
  async advance(time) {
    for (;;) {
      await settle();
      const due = [...this.#timers].filter(([, { at }]) => at <= time);
      if (due.length === 0) break;
      const [id, timer] = due.reduce((first, next) => (next[1].at < first[1].at ? next : first));
      this.#timers.delete(id);
      this.now = Math.max(this.now, timer.at);
      timer.callback();
    }
    this.now = Math.max(this.now, time);
  }
}
