// clang-tidy over the core: natively for most of it, with Emscripten's headers for what only
// exists in the WebAssembly build.
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { configure } from './cmake.mjs';
import { capture, environment } from './command.mjs';
import { filesBelow, writeIfChanged } from './files.mjs';
import { at, root } from './paths.mjs';

const onlyWasm = (path) => /^wasm\/(bindings|host|unpack)\//.test(path);

/**
 * Where em++ looks by itself: clang-tidy reads its command lines but does not know it. And what
 * Emscripten imposes: embind hands strings over by value, its hooks have reserved names, and
 * clang-tidy 14 does not understand its va_list.
 */
function emscriptenArguments() {
  const sysroot = `${capture('em-config', ['CACHE']).stdout.trim()}/sysroot`;
  const include = `${sysroot}/include`;
  const compiler = [
    '--target=wasm32-unknown-emscripten',
    `--sysroot=${sysroot}`,
    `-isystem${include}/c++/v1`,
    `-isystem${include}/compat`,
    `-isystem${include}`,
  ];
  const imposed = [
    '-bugprone-reserved-identifier',
    '-clang-analyzer-valist.Uninitialized',
    '-performance-unnecessary-value-param',
  ];
  return [
    ...compiler.map((argument) => `--extra-arg=${argument}`),
    `--checks=${imposed.join(',')}`,
  ];
}

/**
 * What each source of the WebAssembly build is compiled with, once: clang-tidy goes through a source
 * as many times as it has commands, and what stands in several modules has several.
 *
 * @returns the folder of it.
 */
function wasmCommands() {
  const commands = JSON.parse(readFileSync(at('build/wasm/compile_commands.json'), 'utf8'));
  const once = new Map(commands.map((command) => [command.file, command]));
  const folder = 'build/lint-wasm';
  writeIfChanged(`${folder}/compile_commands.json`, JSON.stringify([...once.values()]));
  return at(folder);
}

function tidy(path, args) {
  const options = { cwd: root, env: environment, maxBuffer: 1 << 26 };
  return new Promise((resolve) => {
    execFile('clang-tidy-14', ['--quiet', ...args, path], options, (error, stdout, stderr) => {
      // Judged by the exit code: counts of suppressed warnings are printed in any case.
      if (error) console.log(stdout || stderr || error.message);
      resolve(error === null);
    });
  });
}

/** @returns how many files have findings. */
export async function clangTidy() {
  await configure('lint', { quiet: true });
  const emscripten = ['-p', wasmCommands(), ...emscriptenArguments()];
  // What takes longest comes first, so that no processor waits for it at the end.
  const size = (path) => statSync(at(path)).size;
  const queue = filesBelow('wasm', /\.cpp$/).sort((a, b) => size(b) - size(a));
  let failed = 0;
  const worker = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      const args = onlyWasm(path) ? emscripten : ['-p', at('build/lint')];
      if (!(await tidy(path, args))) failed++;
    }
  };
  console.log(`clang-tidy: ${queue.length} files ...`);
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return failed;
}
