// How many bytes of the linked core come from which folder.
//
// The same link once more, with names kept; then a function counts for the folder whose object
// file defines its symbol.
import { readFileSync } from 'node:fs';

import { buildPreset } from './cmake.mjs';
import { capture, Failure } from './command.mjs';
import { filesBelow } from './files.mjs';
import { at } from './paths.mjs';
import { which } from './programs.mjs';
import { functionSizes } from './wasm-names.mjs';

const folder = 'build/size';

/** wasm/throughline/wire/baggage.cpp.o, below whatever CMake puts before it, gives `wire`. */
function folderOf(object) {
  const parts = /wasm\/(?:throughline\/(?:(\w+)\/)?|(bindings|host)\/)/.exec(object);
  return parts ? (parts[1] ?? parts[2] ?? 'facades') : undefined;
}

/** @returns for each demangled symbol the folders whose objects define it. */
function definitions() {
  const folders = new Map();
  const objects = filesBelow(folder, /\.o$/).map((path) => [
    path,
    folderOf(path.replace(/__\//g, '')),
  ]);
  for (const [path, name] of objects) {
    if (!name) continue;
    const { code, stdout, stderr } = capture('emnm', ['--defined-only', '--demangle', at(path)]);
    if (code !== 0) throw new Failure(`emnm cannot read ${path}:\n${stderr}`);
    for (const line of stdout.split('\n')) {
      const symbol = /^\S*\s+[tTwW] (.+)$/.exec(line)?.[1];
      if (symbol) folders.set(symbol, (folders.get(symbol) ?? new Set()).add(name));
    }
  }
  return folders;
}

/** Link-time optimisation marks its copies of a local function: `f(int) (.llvm.123)`, `f.1`. */
const plain = (name) => name.replace(/ ?\(?\.(llvm\.)?\d+\)?$/, '');

/**
 * @returns [name, bytes] by size. `shared` are templates that several folders instantiate,
 *          `library` is everything that no object of ours defines.
 */
export async function folderSizes() {
  const names = `${which('wasm-opt')};-g`;
  await buildPreset('wasm', {
    folder,
    quiet: true,
    target: 'browser',
    defines: ['CMAKE_EXE_LINKER_FLAGS=--profiling-funcs', `WASM_OPT=${names}`],
  });
  const folders = definitions();
  const sizes = new Map();
  for (const { name, bytes } of functionSizes(readFileSync(at(folder, 'browser.wasm')))) {
    const owners = [...(folders.get(name) ?? folders.get(plain(name)) ?? [])];
    const owner = owners.length > 1 ? 'shared' : (owners[0] ?? 'library');
    sizes.set(owner, (sizes.get(owner) ?? 0) + bytes);
  }
  return [...sizes].sort(([, a], [, b]) => b - a);
}
