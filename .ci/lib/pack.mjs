// A WebAssembly module as the text in which the script carries it. wasm/unpack/unpack.cpp reads it
// back, and says what each stream holds.
//
// A module taken apart by kind of thing compresses better than its bytes in order, where an index
// follows an opcode follows a constant: 9 % under brotli. Sizes of functions are left out, locals
// count by how recently they were used, and i32 constants lie by what is done with them.
//
// Spec: WebAssembly core, "Binary Format", sections "Instructions" and "Modules".
import { digits } from './digits.mjs';
import { reader } from './wasm-reader.mjs';

/** As in unpack.cpp; also what an opcode of the list says about its operand. */
const Stream = {
  opcodes: 0,
  locals: 1,
  longs: 2,
  blocks: 3,
  rare: 4,
  calls: 5,
  globals: 6,
  branches: 7,
  sections: 8,
  declarations: 9,
  list: 10,
  floats: 11,
  offsets: 12,
  integers: 16,
  last: 17,
};
const LOCALS = 256;
const LISTED = 256;
const CODE = 10;

const zigzag = (value) => (value < 0n ? -2n * value - 1n : 2n * value);

/** One instruction: opcode, `shape` as the unpacker's list has it, operand. */
function instruction(input) {
  const opcode = input.byte();
  const start = input.position();
  const raw = (shape) => ({ opcode, shape, bytes: input.since(start) });
  const one = (shape) => ({ opcode, shape, value: input.unsigned() });
  const several = (count) => Array.from({ length: count }, input.unsigned);
  if (opcode >= 0x20 && opcode <= 0x22) return one(Stream.locals);
  if (opcode === 0x23 || opcode === 0x24) return one(Stream.globals);
  if (opcode === 0x10) return one(Stream.calls);
  if (opcode === 0x0c || opcode === 0x0d) return one(Stream.branches);
  if (opcode >= 0x28 && opcode <= 0x3e) return one(Stream.offsets + input.unsigned());
  if (opcode === 0x41) return { opcode, shape: Stream.integers, value: zigzag(input.signed()) };
  if (opcode === 0x42) return { opcode, shape: Stream.longs, value: zigzag(input.signed()) };
  if (opcode >= 0x02 && opcode <= 0x04)
    return { opcode, shape: Stream.blocks, bytes: input.bytes(1) };
  if (opcode === 0x43) return { opcode, shape: Stream.floats, bytes: input.bytes(4) };
  if (opcode === 0x44) return { opcode, shape: Stream.floats, bytes: input.bytes(8) };
  if (opcode === 0x0e) several(input.unsigned() + 1);
  else if (opcode === 0x11) several(2);
  else if (opcode === 0x3f || opcode === 0x40) several(1);
  else if (opcode === 0xfc) {
    const operation = input.unsigned();
    if (operation > 7) several(12 - operation);
  } else return { opcode, shape: Stream.opcodes };
  return raw(Stream.rare);
}

function functionBody(input) {
  const size = input.unsigned();
  const end = input.position() + size;
  const declarations = Array.from({ length: input.unsigned() }, () => ({
    count: input.unsigned(),
    type: input.byte(),
  }));
  const instructions = [];
  while (input.position() < end) instructions.push(instruction(input));
  instructions.at(-1).shape = Stream.last;
  return { declarations, instructions };
}

/** The functions, and what stands before and behind them. */
function takeApart(bytes) {
  const input = reader(bytes);
  input.skip(8);
  while (input.byte() !== CODE) input.skip(input.unsigned());
  input.unsigned();
  const count = input.unsigned();
  const before = input.since(0);
  const functions = Array.from({ length: count }, () => functionBody(input));
  return { before, functions, behind: input.bytes(bytes.length - input.position()) };
}

const listed = ({ opcode, shape }) => opcode + 256 * shape;

/** What stands in the list, the most frequent first. */
function opcodeList(functions) {
  const counts = new Map();
  for (const { instructions } of functions) {
    for (const entry of instructions.map(listed)) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  }
  const list = [...counts].sort(([, a], [, b]) => b - a).map(([entry]) => entry);
  if (list.length > LISTED) throw new Error(`pack: more than ${LISTED} kinds of instructions.`);
  return list;
}

function textStreams() {
  const texts = [];
  const add = (stream, value) => {
    texts[stream] = (texts[stream] ?? '') + digits(value);
  };
  const byte = (stream, value) => add(stream, value ^ 0x60);
  return {
    add,
    byte,
    raw(stream, bytes) {
      add(stream, bytes.length);
      for (const value of bytes) byte(stream, value);
    },
    text: () => Array.from(texts, (text = '') => `${text} `).join(''),
  };
}

function writeFunction({ declarations, instructions }, numbers, recent, { add, byte, raw }) {
  add(Stream.declarations, declarations.length);
  for (const { count, type } of declarations) {
    add(Stream.declarations, count);
    byte(Stream.declarations, type);
  }
  instructions.forEach((current, i) => {
    const { shape, value, bytes } = current;
    add(Stream.opcodes, numbers.get(listed(current)));
    if (shape === Stream.locals) {
      const place = recent.indexOf(value);
      if (place < 0) throw new Error(`pack: a function has more than ${LOCALS} locals.`);
      add(shape, place);
      recent.splice(place, 1);
      recent.unshift(value);
    } else if (shape === Stream.integers) add(shape + (instructions[i + 1].opcode >> 1), value);
    else if (shape === Stream.blocks) byte(shape, bytes[0]);
    else if (bytes) raw(shape, bytes);
    else if (value !== undefined) add(Math.min(shape, Stream.offsets), value);
  });
}

/** @param {Uint8Array} bytes a module */
export function pack(bytes) {
  const streams = textStreams();
  const { before, functions, behind } = takeApart(bytes);
  const list = opcodeList(functions);
  const numbers = new Map(list.map((entry, number) => [entry, number]));
  for (const value of [list.length, ...list]) streams.add(Stream.list, value);
  streams.raw(Stream.sections, before);
  streams.add(Stream.sections, functions.length);
  const recent = Array.from({ length: LOCALS }, (_, index) => index);
  for (const body of functions) writeFunction(body, numbers, recent, streams);
  // The unpacker reads one ahead.
  streams.add(Stream.opcodes, 0);
  streams.raw(Stream.sections, behind);
  return streams.text();
}
