// Takes the place of js/node/bytes.ts: the edge has no Buffer.
export const readBytes = (buffer: ArrayBufferLike, start: number, count: number): string =>
  String.fromCharCode(...new Uint8Array(buffer, start, count));

export function writeBytes(buffer: ArrayBufferLike, start: number, bytes: string): void {
  const memory = new Uint8Array(buffer, start, bytes.length);
  for (let at = 0; at < bytes.length; at++) memory[at] = bytes.charCodeAt(at);
}
