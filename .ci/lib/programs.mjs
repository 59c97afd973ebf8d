// Finding programs and asking their versions, remembered between runs: asking all of them takes
// two seconds, looking whether they are still the same files takes none.
import { accessSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { capture, environment } from './command.mjs';
import { at } from './paths.mjs';

const memoryFile = at('build/programs.json');

function remembered() {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8'));
  } catch {
    return {};
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @returns the full path of the first of these programs that exists. */
export function which(...names) {
  for (const name of names) {
    const paths = name.includes('/')
      ? [name]
      : environment.PATH.split(delimiter).map((folder) => join(folder, name));
    const found = paths.find(isProgram);
    if (found) return found;
  }
  return undefined;
}

/**
 * @returns the first line of `path --version`, or nothing when it does not run (Ubuntu's chromium
 *          is a stub that asks for a snap).
 */
export function versionLine(path) {
  const { mtimeMs, size } = statSync(path);
  const state = `${mtimeMs} ${size}`;
  const memory = remembered();
  if (memory[path]?.state === state) return memory[path].line;

  const { code, stdout } = capture(path, ['--version']);
  if (code !== 0) return undefined;
  const line = stdout.trim().split('\n')[0];
  memory[path] = { state, line };
  mkdirSync(dirname(memoryFile), { recursive: true });
  writeFileSync(memoryFile, JSON.stringify(memory, null, 2));
  return line;
}

/** @returns the first version number in a text. */
export const versionIn = (text) => /\d+\.\d+(\.\d+)*/.exec(text)?.[0];

/** Compares number by number: 3.1.10 is newer than 3.1.6. */
export function isAtLeast(version, wanted) {
  const have = version.split('.').map(Number);
  for (const [i, want] of wanted.split('.').map(Number).entries()) {
    if ((have[i] ?? 0) !== want) return (have[i] ?? 0) > want;
  }
  return true;
}
