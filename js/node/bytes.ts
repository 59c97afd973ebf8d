// Bytes of the memory of a core as a text, a character for each. Bundles for the edge take
// js/next/edge/bytes.ts instead of this file.
let memory: Buffer | undefined;

/** Of a core, as it is now. */
function memoryOf(buffer: ArrayBufferLike): Buffer {
  if (memory?.buffer !== buffer) memory = Buffer.from(buffer);
  return memory;
}

export const readBytes = (buffer: ArrayBufferLike, start: number, count: number): string =>
  memoryOf(buffer).toString('latin1', start, start + count);

export function writeBytes(buffer: ArrayBufferLike, start: number, bytes: string): void {
  memoryOf(buffer).write(bytes, start, 'latin1');
}
