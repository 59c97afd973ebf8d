import { pack } from '../../../.ci/lib/pack.mjs';
import { startModule } from '../../../js/core/start.js';
import { embedded } from '../../../js/generated/browser-embedded.js';

/** As start.ts gets it back from the text that the build writes. */
function unpacked(bytes: number[]): number[] {
  let result: number[] = [];
  startModule({ ...embedded, text: pack(Buffer.from(bytes)) }, ({ wasm }) => {
    result = [...wasm];
  });
  return result;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module of one function: the unpacker does not ask whether it makes sense. */
function moduleOf(...instructions: number[]): number[] {
  const body = [0x00, ...instructions, 0x0b];
  return [...HEADER, 0x0a, body.length + 2, 0x01, body.length, ...body];
}

describe('the unpacker', () => {
  it.each([
    ['locals', [0x20, 3, 0x21, 0, 0x22, 3, 0x20, 0xff, 0x01, 0x20, 3]],
    [
      'the smallest and the largest i32',
      [0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x41, 0xff, 0xff, 0xff, 0xff, 0x07],
    ],
    [
      'i32 constants of one and two bytes',
      [0x41, 0x3f, 0x41, 0x40, 0x41, 0xc0, 0x00, 0x41, 0xbf, 0x7f],
    ],
    ['the smallest i64', [0x42, ...Array<number>(9).fill(0x80), 0x7f]],
    ['the largest i64', [0x42, ...Array<number>(9).fill(0xff), 0x00]],
    ['floats', [0x43, 0, 0, 0x80, 0x3f, 0x44, 1, 2, 3, 4, 5, 0x60, 0xf0, 0xff]],
    ['blocks', [0x02, 0x40, 0x03, 0x7f, 0x0c, 1, 0x0b, 0x04, 0x40, 0x05, 0x0b, 0x0b]],
    ['a table of branches', [0x0e, 2, 0, 1, 2]],
    [
      'loads and stores, aligned and not',
      [0x28, 2, 8, 0x28, 0, 0xff, 0x01, 0x37, 3, 0, 0x3a, 0, 1],
    ],
    ['calls', [0x10, 0x85, 0x02, 0x11, 0x03, 0x00]],
    ['globals', [0x23, 0, 0x24, 1]],
    ['memory', [0x3f, 0, 0x40, 0, 0xfc, 10, 0, 0, 0xfc, 11, 0, 0xfc, 0x02]],
  ])('gives back %s', (_, instructions) => {
    const module = moduleOf(...instructions);
    expect(unpacked(module)).toEqual(module);
  });

  it('gives back declarations of locals, and what stands around the functions', () => {
    const types = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00];
    const code = [0x0a, 0x0a, 0x02, 0x06, 0x02, 0x02, 0x7f, 0x01, 0x7c, 0x0b, 0x02, 0x00, 0x0b];
    const data = [0x0b, 0x05, 0x01, 0x01, 0x02, 0xff, 0x60];
    const module = [...HEADER, ...types, ...code, ...data];
    expect(unpacked(module)).toEqual(module);
  });

  it('gives back a function longer than one byte of size can say', () => {
    const body = [0x00, ...Array<number>(200).fill(0x01), 0x0b];
    const module = [...HEADER, 0x0a, 0xcd, 0x01, 0x01, 0xca, 0x01, ...body];
    expect(unpacked(module)).toEqual(module);
  });
});
