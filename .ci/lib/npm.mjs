// Packages as a lock file names them.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { step } from './command.mjs';
import { at } from './paths.mjs';

/**
 * Installs the packages of a folder, unless that was done since its lock file changed.
 *
 * @param folder '' for the root
 * @returns whether anything had to be installed.
 */
export async function installPackages(folder = '') {
  const stamp = at(folder, 'node_modules/.throughline-lock');
  const lock = createHash('sha256')
    .update(readFileSync(at(folder, 'package-lock.json')))
    .digest('hex');
  try {
    if (readFileSync(stamp, 'utf8') === lock) return false;
  } catch {
    // Never installed, or the folder was deleted.
  }
  // The very npm that started us, if one did.
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // Install scripts would compile or fetch; none of the packages needs its own.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const title = folder ? `npm ci in ${folder}` : 'npm ci';
  await step(title, command, [...before, ...args], { cwd: at(folder) });
  writeFileSync(stamp, lock);
  return true;
}
