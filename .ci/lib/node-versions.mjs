// The versions of Node that throughline/node is tested on: the one that runs this, and those of
// tests/node/runtimes/, which npm has as packages for some systems.
import { readFileSync } from 'node:fs';

import { capture } from './command.mjs';
import { installPackages } from './npm.mjs';
import { at } from './paths.mjs';

const FOLDER = 'tests/node/runtimes';

const majorOf = (version) => Number(/^v?(\d+)\./.exec(version)[1]);

/**
 * @returns a row for each: its `major`, and either the `path` of a program that runs here or why
 *          there is `none`.
 */
export async function nodeVersions() {
  const { optionalDependencies } = JSON.parse(readFileSync(at(FOLDER, 'package.json'), 'utf8'));
  const rows = [{ major: majorOf(process.version), path: process.execPath }];
  const names = Object.keys(optionalDependencies);
  const majors = new Set(names.map((name) => Number(name.split('-')[1])));
  majors.delete(rows[0].major);
  for (const major of [...majors].sort((a, b) => a - b)) {
    const name = `node-${major}-${process.arch}`;
    if (process.platform !== 'linux' || !names.includes(name)) {
      rows.push({ major, none: `no package of it for ${process.platform} on ${process.arch}` });
      continue;
    }
    await installPackages(FOLDER);
    const path = at(FOLDER, 'node_modules', name, 'bin/node');
    const { code, stdout } = capture(path, ['--version']);
    const runs = code === 0 && majorOf(stdout) === major;
    rows.push(runs ? { major, path } : { major, none: `${name} does not run here` });
  }
  return rows;
}
