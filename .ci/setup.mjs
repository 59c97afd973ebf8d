// `npm run setup`: everything that building, testing and the demo need. Runs on bare Node.
//
// As root on Debian or Ubuntu it installs what is missing; elsewhere it says what to install.
// Toolchains and browsers come from the system only, never from a download of our own.
import { aptLine, canInstall, installMissing } from './lib/apt.mjs';
import { Failure, main } from './lib/command.mjs';
import { alone } from './lib/lock.mjs';
import { installPackages } from './lib/npm.mjs';
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

/**
 * @param purpose 'build', 'test', 'fuzz' or 'lint': how much of the machine is checked. What can be
 *                installed is installed whole in any case.
 * @returns whether anything had to be installed.
 */
export function setup(purpose = 'test') {
  return alone(async () => {
    const packages = canInstall() && (await installMissing());
    checkMachine(purpose);
    const modules = await installPackages();
    return packages || modules;
  });
}

await main(import.meta.url, async () => {
  const changed = await setup();
  console.log(changed ? 'Set-up: complete.' : 'Set-up: everything is there.');
});
