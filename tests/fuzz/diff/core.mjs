// Asks the built core, a batch of questions in one crossing (tests/fuzz/answers/answers.h).
import { readFileSync } from 'node:fs';

const built = new URL('../../../build/wasm/', import.meta.url);
const NONE = 0xffffffff;

/** A number as a field: the eight bytes of a double. */
export function number(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

export const flag = (value) => (value === undefined || value === null ? null : value ? '1' : '0');

function pack(questions) {
  const parts = [];
  const size = (bytes) => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes);
    parts.push(head);
  };
  for (const fields of questions) {
    size(fields.length);
    for (const field of fields) {
      if (field === null) {
        size(NONE);
        continue;
      }
      // As on the way through the shim, a lone surrogate becomes U+FFFD.
      const bytes = typeof field === 'string' ? Buffer.from(field, 'utf8') : field;
      size(bytes.length);
      parts.push(bytes);
    }
  }
  return Buffer.concat(parts);
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The fields of one answer, read in the order in which the core wrote them. */
class Fields {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  next() {
    const size = this.bytes.readUInt32LE(this.at);
    this.at += 4;
    if (size === NONE) return null;
    const field = this.bytes.subarray(this.at, this.at + size);
    this.at += size;
    return field;
  }

  /** Throws when the core wrote something that is not UTF-8. */
  text() {
    const bytes = this.next();
    return bytes && strict.decode(bytes);
  }

  number() {
    return this.next()?.readDoubleLE(0) ?? null;
  }

  flag() {
    const text = this.text();
    return text === null ? null : text === '1';
  }

  members() {
    return Array.from({ length: this.number() }, () => [this.text(), this.text()]);
  }
}

export async function openCore() {
  const { default: createCore } = await import(new URL('cases.mjs', built).href);
  const wasm = readFileSync(new URL('cases.wasm', built));
  let core;

  /** @returns the fields of each answer. Throws when the core traps; the next call has a new one. */
  return (questions) => {
    const packed = pack(questions);
    try {
      core ??= createCore({ wasm });
      const { raw } = core;
      const address = raw.tl_fuzz_lend(packed.length);
      Buffer.from(raw.tl_memory.buffer, address, packed.length).set(packed);
      const size = raw.tl_fuzz_answer(packed.length);
      const all = Buffer.from(Buffer.from(raw.tl_memory.buffer, raw.tl_fuzz_answers(), size));
      const answers = new Fields(all);
      return questions.map(() => new Fields(answers.next()));
    } catch (error) {
      core = undefined;
      throw error;
    }
  };
}
