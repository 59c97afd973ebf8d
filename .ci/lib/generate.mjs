// Turns what the linker left into modules that the shim imports: js/generated/.
import { readFileSync } from 'node:fs';

import { Failure } from './command.mjs';
import { writeIfChanged } from './files.mjs';
import { decode, encode } from './fixed-ascii.mjs';
import { lean } from './lean-glue.mjs';
import { at, exists } from './paths.mjs';

const NOTE = '// Written by .ci/lib/generate.mjs from build/wasm; not committed.\n';

function bytesModule(target) {
  const bytes = readFileSync(at(`build/wasm/${target}.wasm`));
  const text = encode(bytes);
  if (!bytes.equals(decode(text, bytes.length))) {
    throw new Failure(`${target}.wasm does not survive its encoding`);
  }
  return (
    `${NOTE}/** The ${target} core in the fixed ASCII encoding of .ci/lib/fixed-ascii.mjs. */\n` +
    `export const bytes =\n  "${text}";\n` +
    `/** Length once decoded. */\nexport const byteLength = ${bytes.length};\n`
  );
}

const GLUE_TYPES = `${NOTE}/** Emscripten's glue: returns the started core, and throws what WebAssembly throws. */
declare function createCore(module: { wasm: Uint8Array<ArrayBuffer> }): unknown;
export default createCore;
`;

/** @param target link target of wasm/CMakeLists.txt */
export function generate(target) {
  const outputs = [`build/wasm/${target}.wasm`, `build/wasm/${target}.mjs`];
  for (const output of outputs) {
    if (!exists(output)) throw new Failure(`The preset wasm did not leave ${output}.`);
  }
  writeIfChanged(`js/generated/${target}-bytes.ts`, bytesModule(target));
  writeIfChanged(`js/generated/${target}-glue.mjs`, lean(readFileSync(at(outputs[1]), 'utf8')));
  writeIfChanged(`js/generated/${target}-glue.d.mts`, GLUE_TYPES);
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  writeIfChanged(
    'js/generated/version.ts',
    `${NOTE}/** Of the package. */\nexport const version = '${version}';\n`,
  );
}
