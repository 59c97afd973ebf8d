/**
 * Reads a WebAssembly file piece by piece. Spec: WebAssembly core, "Binary Format", "Values".
 *
 * @param {Buffer} bytes
 */
export function reader(bytes, start = 0) {
  let position = start;
  const unsigned = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[position++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  /** A BigInt, for it may have 64 bits. */
  const signed = () => {
    let value = 0n;
    for (let shift = 7; ; shift += 7) {
      const byte = bytes[position++];
      value |= BigInt(byte & 0x7f) << BigInt(shift - 7);
      if (byte < 0x80) return BigInt.asIntN(shift, value);
    }
  };
  const since = (from) => bytes.subarray(from, position);
  const take = (count) => {
    position += count;
    return since(position - count);
  };
  return {
    unsigned,
    signed,
    since,
    text: () => take(unsigned()).toString('utf8'),
    bytes: take,
    byte: () => bytes[position++],
    skip: (count) => void (position += count),
    position: () => position,
  };
}
