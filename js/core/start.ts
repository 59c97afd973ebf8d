/**
 * Starts a WebAssembly module from the text it is embedded as, synchronously: the page's first
 * request must find the core running.
 *
 * The text is plain ASCII whatever the page's charset, and compresses like the bytes themselves
 * (spec/wasm.md section 4). A byte b below 86 is one digit, any other two: 86 + (b - 86) / 86,
 * then (b - 86) % 86. Digit v is the character v + 35, where `\` and the backtick are skipped.
 *
 * @param byteLength of the module.
 * @param create what the module's glue exports (wasm/CMakeLists.txt).
 * @returns the module object: its bound functions, and `raw`.
 * @throws whatever the host throws where it allows no WebAssembly (a CSP without
 *   `'wasm-unsafe-eval'`), where memory is short, or where the core itself fails; not always an
 *   Error.
 */
export function startModule(
  ascii: string,
  byteLength: number,
  create: (module: { wasm: Uint8Array<ArrayBuffer> }) => unknown,
): unknown {
  const wasm = new Uint8Array(byteLength);
  // One plain loop: this runs once, in code that is still cold, and a function per character
  // would double the start.
  let length = 0;
  let base = 0;
  for (let i = 0; i < ascii.length; i++) {
    let digit = ascii.charCodeAt(i) - 35;
    if (digit > 57) digit -= digit > 61 ? 2 : 1;
    if (digit > 85) {
      base = (digit - 85) * 86;
    } else {
      wasm[length++] = base + digit;
      base = 0;
    }
  }
  return create({ wasm });
}
