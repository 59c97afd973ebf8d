// `npm run setup`: everything that building, testing and the demo need. Runs on bare Node.
//
// As root on Debian or Ubuntu it installs what is missing; elsewhere it says what to install.
// Toolchains and browsers come from the system only, never from a download of our own.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { aptLine, canInstall, installMissing } from './lib/apt.mjs';
import { Failure, main, step } from './lib/command.mjs';
import { alone } from './lib/lock.mjs';
import { at } from './lib/paths.mjs';
import { requirements } from './lib/requirements.mjs';

/** Stops with one message that names everything missing. */
function checkMachine(purpose) {
  const missing = [];
  for (const { name, wanted, lacks } of requirements[purpose]) {
    const lack = lacks();
    if (lack) missing.push({ name, wanted, found: lack.found });
  }
  if (missing.length === 0) return;

  const width = (key) => Math.max(...missing.map((row) => row[key].length));
  const rows = missing.map(
    ({ name, wanted, found }) =>
      `  ${name.padEnd(width('name'))}   wanted: ${wanted.padEnd(width('wanted'))}   found: ${found}`,
  );
  throw new Failure(
    [
      'This machine lacks something that Throughline is built or tested with:',
      '',
      ...rows,
      '',
      'On Debian 12 or Ubuntu 24.04 (where Chromium is a snap, to be installed apart), run as root:',
      '',
      `  ${aptLine()}`,
      '',
      'Elsewhere, use the package manager of your system. An emsdk serves as well, as long as',
      'its emcc is on the PATH; CMAKE_PREFIX_PATH tells where else libraries are, and',
      'THROUGHLINE_CHROMIUM names a browser with another path.',
    ].join('\n'),
  );
}

/** @returns whether anything had to be installed. */
async function installNodePackages() {
  const stamp = at('node_modules/.throughline-lock');
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
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
  await step('npm ci', command, [...before, ...args]);
  writeFileSync(stamp, lock);
  return true;
}

/**
 * @param purpose 'build', 'test', 'fuzz' or 'lint': how much of the machine is checked. What can be
 *                installed is installed whole in any case.
 * @returns whether anything had to be installed.
 */
export function setup(purpose = 'test') {
  return alone(async () => {
    const packages = canInstall() && (await installMissing());
    checkMachine(purpose);
    const modules = await installNodePackages();
    return packages || modules;
  });
}

await main(import.meta.url, async () => {
  const changed = await setup();
  console.log(changed ? 'Set-up: complete.' : 'Set-up: everything is there.');
});
