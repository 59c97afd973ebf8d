// Turns what the linker left into modules that the shim imports: js/generated/. Imports packages: only
// after set-up.
import { readFileSync } from 'node:fs';

import { transformSync } from 'esbuild';

import { Failure } from './command.mjs';
import { writeIfChanged } from './files.mjs';
import { lean } from './lean-glue.mjs';
import { pack } from './pack.mjs';
import { at, exists } from './paths.mjs';

/** As in js/core/start.ts. */
const TEXT_AT = 65536;

const NOTE = '// Written by .ci/lib/generate.mjs from build/wasm; not committed.\n';

/** Unpacks as js/core/start.ts does. */
function unpacked(unpacker, text) {
  const { memory, unpack } = new WebAssembly.Instance(new WebAssembly.Module(unpacker)).exports;
  const bytes = Buffer.from(memory.buffer);
  const start = TEXT_AT + bytes.write(text, TEXT_AT, 'latin1');
  return bytes.subarray(start, unpack(TEXT_AT, start));
}

function embeddedModule(target) {
  const module = readFileSync(at(`build/wasm/${target}.wasm`));
  const unpacker = readFileSync(at('build/wasm/unpack.wasm'));
  const text = pack(module);
  if (!unpacked(unpacker, text).equals(module)) {
    throw new Failure(`${target}.wasm does not survive being packed: see .ci/lib/pack.mjs.`);
  }
  return (
    `${NOTE}import type { Embedded } from '../core/start.js';\n\n` +
    `/** The ${target} core, packed by .ci/lib/pack.mjs. */\n` +
    'export const embedded: Embedded = {\n' +
    `  unpacker: [${[...unpacker].join()}],\n` +
    `  text:\n    "${text}",\n};\n`
  );
}

const GLUE_TYPES = `${NOTE}/** Emscripten's glue: returns the started core, and throws what WebAssembly throws. */
declare function createCore(module: { wasm: Uint8Array<ArrayBuffer> }): unknown;
export default createCore;
`;

const SCRIPT_TYPES = `${NOTE}/** The same core as JavaScript: returns it started. */
declare function createCore(): unknown;
export default createCore;
`;

/** What wasm2js writes around the function that makes an instance: a module, which has only one. */
const IMPORTS = /^import \{ \w+ \} from '\w+';\n/gm;
const ONE_INSTANCE = /^var retasmFunc = asmFunc\([^]*$/m;

/** A core in JavaScript, with its glue, as one module. */
function scriptModule(target) {
  const made = readFileSync(at(`build/wasm/${target}.js`), 'utf8');
  if (!ONE_INSTANCE.test(made)) throw new Failure(`${target}.js is not as wasm2js writes it.`);
  const factory = made
    .replace(IMPORTS, '')
    .replace(ONE_INSTANCE, 'const createModule = asmFunc;\n');
  const glue = lean(readFileSync(at(`build/wasm/${target}.mjs`), 'utf8'));
  // Nobody reads it, and as it is written it is twice as long.
  const { code } = transformSync(factory + glue, { minify: true, format: 'esm', target: 'es2020' });
  return NOTE + code;
}

function need(...outputs) {
  for (const output of outputs) {
    if (!exists(output)) throw new Failure(`The preset wasm did not leave ${output}.`);
  }
}

/**
 * @param target link target of wasm/CMakeLists.txt that is JavaScript
 * @param folder where the module goes
 */
export function generateScript(target, folder = 'js/generated') {
  need(`build/wasm/${target}.js`, `build/wasm/${target}.mjs`);
  const name = target.replace('_', '-');
  writeIfChanged(`${folder}/${name}.mjs`, scriptModule(target));
  writeIfChanged(`${folder}/${name}.d.mts`, SCRIPT_TYPES);
}

/** @param target link target of wasm/CMakeLists.txt */
export function generate(target) {
  const outputs = [
    `build/wasm/${target}.wasm`,
    `build/wasm/${target}.mjs`,
    'build/wasm/unpack.wasm',
  ];
  need(...outputs);
  writeIfChanged(`js/generated/${target}-embedded.ts`, embeddedModule(target));
  writeIfChanged(`js/generated/${target}-glue.mjs`, lean(readFileSync(at(outputs[1]), 'utf8')));
  writeIfChanged(`js/generated/${target}-glue.d.mts`, GLUE_TYPES);
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  writeIfChanged(
    'js/generated/version.ts',
    `${NOTE}/** Of the package. */\nexport const version = '${version}';\n`,
  );
}
