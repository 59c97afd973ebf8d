// How many bytes of the linked core come from which folder.
//
// The objects of the build are linked once more, with names kept; then a function counts for the
// folder whose object file defines its symbol.
import { mkdirSync, readFileSync } from 'node:fs';

import { capture, Failure } from './command.mjs';
import { filesBelow } from './files.mjs';
import { at } from './paths.mjs';
import { dataSize, functionSizes } from './wasm-names.mjs';

/** The way of the data: a folder includes only folders before it. */
const ORDER =
  'base id wire url config trace propagate span context route request timing export delivery facades host bindings';

/** The build's own link command, with names and another place to write to. */
function linkWithNames() {
  const { stdout } = capture('ninja', ['-C', at('build/wasm'), '-t', 'commands', 'browser.mjs']);
  let command = stdout.trimEnd().split('\n').at(-1);
  for (const [text, replacement] of [
    ['-o browser.mjs', `--profiling-funcs -o ${at('build/size/browser.mjs')}`],
    ['wasm-opt ', 'wasm-opt -g '],
    [at('build/wasm/browser.wasm'), at('build/size/browser.wasm')],
  ]) {
    if (!command.includes(text)) throw new Failure(`The link command lacks '${text}':\n${command}`);
    command = command.replaceAll(text, replacement);
  }
  mkdirSync(at('build/size'), { recursive: true });
  const { code, stderr } = capture('sh', ['-c', command], { cwd: at('build/wasm') });
  if (code !== 0) throw new Failure(`Linking with names failed:\n${stderr}`);
  return readFileSync(at('build/size/browser.wasm'));
}

/** .../wasm/throughline/wire/baggage.cpp.o gives `wire`. */
function folderOf(object) {
  const core = /wasm\/throughline\/(?:(\w+)\/)?/.exec(object);
  if (core) return core[1] ?? 'facades';
  return /browser\.dir\/(bindings|host)\//.exec(object)?.[1];
}

/** @returns for each demangled symbol the folders whose objects define it. */
function definitions() {
  const folders = new Map();
  for (const path of filesBelow('build/wasm', /\.o$/)) {
    const folder = folderOf(path);
    if (!folder) continue;
    const { code, stdout, stderr } = capture('emnm', ['--defined-only', '--demangle', at(path)]);
    if (code !== 0) throw new Failure(`emnm cannot read ${path}:\n${stderr}`);
    for (const line of stdout.split('\n')) {
      const symbol = /^\S*\s+[tTwW] (.+)$/.exec(line)?.[1];
      if (symbol) folders.set(symbol, (folders.get(symbol) ?? new Set()).add(folder));
    }
  }
  return folders;
}

/** Link-time optimisation marks its copies of a local function: `f(int) (.llvm.123)`, `f.1`. */
const plain = (name) => name.replace(/ ?\(?\.(llvm\.)?\d+\)?$/, '');

/**
 * An inline function of ours is in the objects of every folder that calls it; its header is in
 * the first of them. A template of the standard library belongs to nobody.
 */
function ownerOf(name, folders) {
  const owners = folders.get(name) ?? folders.get(plain(name));
  if (!owners) return 'library';
  if (owners.size > 1 && !/^([\w:]+ )?throughline::/.test(name)) return 'shared';
  return ORDER.split(' ').find((folder) => owners.has(folder)) ?? [...owners][0];
}

/**
 * @returns `folders`: [name, bytes] by size, where `shared` are templates of the standard library
 *          that several folders use, `library` is what none of our objects defines and `data` are
 *          constants; `functions`: every function by size, with the folder it counts for.
 */
export function coreSizes() {
  const defined = definitions();
  const module = linkWithNames();
  const bySize = (a, b) => b.bytes - a.bytes;
  const functions = functionSizes(module)
    .map((entry) => ({ ...entry, folder: ownerOf(entry.name, defined) }))
    .sort(bySize);
  const sums = new Map([['data', dataSize(module)]]);
  for (const { folder, bytes } of functions) sums.set(folder, (sums.get(folder) ?? 0) + bytes);
  const folders = [...sums].map(([name, bytes]) => ({ name, bytes })).sort(bySize);
  return { folders, functions };
}
