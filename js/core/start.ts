/** A WebAssembly module as the build embeds it (.ci/lib/generate.mjs). */
export interface Embedded {
  /**
   * wasm/unpack/unpack.cpp, compiled. A list, because a loop over a text of a thousand characters
   * takes 1.5 ms in cold JavaScript.
   */
  readonly unpacker: readonly number[];
  /** What it unpacks the module from. */
  readonly text: string;
}

interface Unpacker {
  memory: WebAssembly.Memory;
  /** Unpacks what lies between two addresses to behind it. @returns the end of the module. */
  unpack: (text: number, textEnd: number) => number;
}

/** What the unpacker itself needs of its memory lies below. */
const TEXT_AT = 65536;

/**
 * Starts a WebAssembly module from the text it is embedded as, synchronously: the page's first
 * request must find the core running.
 *
 * The text is plain ASCII, whatever the page's charset. It is unpacked by a second, tiny module.
 *
 * @param create what the module's glue exports (wasm/CMakeLists.txt).
 * @returns the module object: its bound functions, and `raw`.
 * @throws whatever the host throws where it allows no WebAssembly (a CSP without
 *   `'wasm-unsafe-eval'`), where memory is short, or where the core itself fails; not always an
 *   Error.
 */
export function startModule(
  { unpacker, text }: Embedded,
  create: (module: { wasm: Uint8Array<ArrayBuffer> }) => unknown,
): unknown {
  const { Module, Instance } = WebAssembly;
  const { exports } = new Instance(new Module(new Uint8Array(unpacker)));
  const { memory, unpack } = exports as unknown as Unpacker;
  const bytes = new Uint8Array(memory.buffer);
  const start = TEXT_AT + text.length;
  new TextEncoder().encodeInto(text, bytes.subarray(TEXT_AT));
  return create({ wasm: bytes.subarray(start, unpack(TEXT_AT, start)) });
}
