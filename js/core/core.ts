import { Cell, Word, type CoreModule, type RawExports } from './module.js';

const TEXT_BYTES = 6144;
const CELLS = 256;
const POOL_BYTES = 1024;
const HEX: string[] = [];
for (let i = 0; i < 256; i++) HEX.push((i < 16 ? '0' : '') + i.toString(16));

/**
 * The core with its memory.
 *
 * A trapped instance goes on answering (spec/wasm.md section 8), so it is us who must not ask
 * it again: `alive` is false while a call runs, and stays so when the call throws. What `run`
 * does inside `call` and `ask` is therefore the call and nothing else.
 */
export interface Core {
  readonly raw: RawExports;
  alive: boolean;
  /** Numbers that a call takes and leaves; anew after memory grew, so never kept. */
  cells: Float64Array;
  /** Address of the first text written. */
  text: number;
  /** Starts writing texts of that many UTF-16 units in all. */
  write(units: number): void;
  /** Writes one text behind the last one. @returns its bytes. */
  put(text: string): number;
  /** Writes the texts that a call takes. @returns what it takes for them. */
  texts(...texts: string[]): number;
  /** Hex text of the bytes that lie in cells. */
  hex(cell: number, bytes: number): string;
  /** A copy of memory. */
  copy(address: number, bytes: number): Uint8Array<ArrayBuffer>;
  /** Makes results readable after a call that answered `word`. */
  see(word: number): void;
  /** Does what the word of a call wants; results are to be read before. */
  settle(word: number): void;
  /** One call, results readable. @returns its word, for `settle`. */
  call(run: () => number): number;
  /** One call, settled; made again once what it asked for was answered. */
  run(call: () => number): void;
  /** The same for a call that answers a text. */
  ask(call: () => number): string;
  /** The text that the last call answered, until the next call. */
  answer(): string;
}

/**
 * @param fillRandom fills all bytes; called whenever the pool runs low.
 * @param onWord gets every word that leaves the host something to do.
 */
export function openCore(
  { raw }: CoreModule,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void,
  onWord: (word: number) => void,
): Core {
  const { tl_memory: memory } = raw;
  const scratch = raw.tl_scratch();
  const cellsAt = scratch + TEXT_BYTES;
  const pool = raw.tl_pool();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let bytes: Uint8Array<ArrayBuffer>;
  let cursor = scratch;

  const look = (): void => {
    const buffer = memory.buffer;
    bytes = new Uint8Array(buffer);
    core.cells = new Float64Array(buffer, cellsAt, CELLS);
  };
  const refill = (): void => {
    fillRandom(bytes.subarray(pool, pool + POOL_BYTES));
    raw.tl_refilled();
  };

  const core: Core = {
    raw,
    alive: true,
    cells: new Float64Array(0),
    text: scratch,
    write(units) {
      // A UTF-16 unit makes three bytes at the most.
      const room = 3 * units;
      core.text = cursor = room <= TEXT_BYTES ? scratch : raw.tl_lend(room);
      if (bytes.length === 0) look();
    },
    put(text) {
      const start = cursor;
      const { length } = text;
      for (let i = 0; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 127) {
          // Lone surrogates become U+FFFD here.
          cursor =
            start + encoder.encodeInto(text, bytes.subarray(start, start + 3 * length)).written;
          break;
        }
        bytes[cursor++] = unit;
      }
      return cursor - start;
    },
    texts(...texts) {
      core.write(texts.join('').length);
      texts.forEach((text, index) => {
        core.cells[Cell.input + index] = core.put(text);
      });
      return core.text;
    },
    hex(cell, count) {
      const start = cellsAt + 8 * cell;
      let text = '';
      for (let i = start; i < start + count; i++) text += HEX[bytes[i]!]!;
      return text;
    },
    copy: (address, count) => bytes.slice(address, address + count),
    see(word) {
      if (word & Word.memoryGrew) look();
    },
    settle(word) {
      if (word & Word.randomLow) refill();
      // What a call asked for is answered by who made it.
      const effects = word & (Word.deadline | Word.heard | Word.payload | Word.previousTrace);
      if (effects) onWord(effects);
    },
    call(run) {
      core.alive = false;
      const word = run();
      core.alive = true;
      core.see(word);
      return word;
    },
    run(call) {
      let word = core.call(call);
      if (word & Word.asks) {
        onWord(word);
        word = core.call(call);
      }
      core.settle(word);
    },
    ask(call) {
      const word = core.call(call);
      const text = core.answer();
      core.settle(word);
      return text;
    },
    answer() {
      const { cells } = core;
      const start = cells[Cell.textAddress]!;
      const count = cells[Cell.textBytes]!;
      // Most answers at start are empty: no finding about an option.
      return count === 0 ? '' : decoder.decode(bytes.subarray(start, start + count));
    },
  };
  look();
  refill();
  raw.tl_start();
  return core;
}
