// Reads what `size` needs of a WebAssembly file: how long each function is, and its name.
// Spec: WebAssembly core, "Binary Format", sections 0 (name), 2 (import), 10 (code) and 11 (data).
import { reader } from './wasm-reader.mjs';

const CUSTOM = 0;
const IMPORT = 2;
const CODE = 10;
const DATA = 11;
const FUNCTION_NAMES = 1;

function sectionsOf(bytes) {
  const sections = [];
  const input = reader(bytes, 8);
  while (input.position() < bytes.length) {
    const id = input.byte();
    const size = input.unsigned();
    const start = input.position();
    sections.push({ id, start, end: start + size });
    input.skip(size);
  }
  return sections;
}

/** Imported functions come first in the numbering. Other kinds of import are stepped over. */
function importedFunctions(bytes, section) {
  if (!section) return 0;
  const input = reader(bytes, section.start);
  let functions = 0;
  for (let count = input.unsigned(); count > 0; count--) {
    input.text();
    input.text();
    const kind = input.byte();
    if (kind === 0) functions++;
    if (kind === 1) input.skip(1); // table: element type, then limits
    if (kind === 0) input.unsigned();
    else if (kind === 3) input.skip(2);
    else if (input.unsigned() % 2 === 0) input.unsigned();
    else (input.unsigned(), input.unsigned());
  }
  return functions;
}

function functionNames(bytes, sections) {
  const names = new Map();
  for (const { start, end } of sections.filter(({ id }) => id === CUSTOM)) {
    const input = reader(bytes, start);
    if (input.text() !== 'name') continue;
    while (input.position() < end) {
      const kind = input.byte();
      const size = input.unsigned();
      if (kind !== FUNCTION_NAMES) {
        input.skip(size);
        continue;
      }
      for (let count = input.unsigned(); count > 0; count--)
        names.set(input.unsigned(), input.text());
    }
  }
  return names;
}

/** @returns the bytes of constants: texts, tables of numbers, initial values. */
export function dataSize(bytes) {
  const data = sectionsOf(bytes).find(({ id }) => id === DATA);
  return data ? data.end - data.start : 0;
}

/**
 * @param {Buffer} bytes a module with a name section
 * @returns one entry per function: name ('' when it has none) and bytes, its length field included
 */
export function functionSizes(bytes) {
  const sections = sectionsOf(bytes);
  const names = functionNames(bytes, sections);
  const first = importedFunctions(
    bytes,
    sections.find(({ id }) => id === IMPORT),
  );
  const code = sections.find(({ id }) => id === CODE);
  const input = reader(bytes, code.start);
  return Array.from({ length: input.unsigned() }, (_, i) => {
    const start = input.position();
    const size = input.unsigned();
    input.skip(size);
    return { name: names.get(first + i) ?? '', bytes: input.position() - start };
  });
}
