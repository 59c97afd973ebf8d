// Requests that the core need not know of: no caller traces them, they will not be recorded, and
// nobody is to be asked about them. Most requests of a server that records few of them are such.
import { current, type Session } from '../api/client.js';
import { allListeners, CORE_HOOKS, isHeard, SPAN_HOOKS } from '../api/listeners.js';
import type { RecordedSpan } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import { unrecordedRoot } from './caller.js';
import { ServerCell, type ServerExports } from './exports.js';
import type { Passed, Step } from './fork-stack.js';
import { giveBytes } from './give-bytes.js';

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
  // Mostly nobody listens to anything.
  if (Object.keys(allListeners()).length > 0 && isHeard(...SAYS)) return false;
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
    // Node reads a target as bytes.
    const texts = giveBytes(core, all);
    core.run(() => (core.raw as ServerExports).tl_passed(texts));
  });
}

/** One that was never opened is over. */
function notePassed(session: Session, method: string, target: string): void {
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

/**
 * A request that passes. Without the request itself: whatever begins during it and lives on, like the
 * connections of a pool, keeps its context.
 */
export class PassedRequest implements Passed {
  readonly session_: Session;
  span_: RecordedSpan | undefined;
  isOver_ = false;
  tellWay_: Passed['tellWay_'];
  last_: Step | undefined;
  inside_: Step | undefined;
  private readonly method_: string;
  private readonly target_: string;
  private readonly isSpanWanted_: boolean;
  private readonly started_: number;

  constructor(session: Session, method: string, target: string, isSpanWanted: boolean) {
    this.session_ = session;
    this.method_ = method;
    this.target_ = target;
    this.isSpanWanted_ = isSpanWanted;
    this.started_ = session.host.now();
  }

  open_(): number {
    const { core } = this.session_;
    const raw = core.raw as ServerExports;
    const texts = core.texts(this.method_, this.target_);
    const wanted = this.isSpanWanted_ && !this.isOver_ ? 1 : 0;
    const word = core.call(() => raw.tl_open_passed(texts, wanted, this.started_));
    const scope = core.cells[ServerCell.scope]!;
    this.span_ = unrecordedRoot(core);
    core.settle(word);
    if (this.span_ && this.last_) this.tellWay_?.(this.span_, this.last_);
    this.last_ = undefined;
    return scope;
  }

  /** It was answered. @returns whether there is nothing to end: it was never opened */
  end_(isPassed: boolean): boolean {
    this.isOver_ = true;
    this.last_ = undefined;
    if (isPassed && this.isSpanWanted_) notePassed(this.session_, this.method_, this.target_);
    return isPassed;
  }
}
