// Installing what is missing on Debian and Ubuntu, for root only.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { capture, Failure, step } from './command.mjs';
import { aptPackages } from './requirements.mjs';
import { which } from './programs.mjs';

export const aptLine = () =>
  `apt-get update && apt-get install -y --no-install-recommends ${aptPackages().join(' ')}`;

export const canInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && which('apt-get') !== undefined;

function missingPackages() {
  const format = '${Package} ${db:Status-Status}\n';
  const wanted = aptPackages();
  const { stdout } = capture('dpkg-query', ['-W', '-f', format, ...wanted]);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

const LOCK_TRIES = 30;
const LOCK_WAIT_MS = 10_000;

async function apt(title, args) {
  const patient = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'];
  for (let tries = LOCK_TRIES; ; tries--) {
    try {
      await step(title, 'apt-get', [...patient, ...args], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
      return;
    } catch (error) {
      // Another apt is at work. The option above waits for dpkg's lock, not for that of the lists.
      const locked = error instanceof Failure && /Could not get lock/.test(error.message);
      if (!locked || tries === 0) throw error;
      console.log('  another apt is running; waiting for it');
      await sleep(LOCK_WAIT_MS);
    }
  }
}

/** @returns whether anything had to be installed. */
export async function installMissing() {
  const missing = missingPackages();
  if (missing.length === 0) return false;
  console.log(`Missing Debian packages: ${missing.join(' ')}`);
  await apt('apt-get update', ['update', '-q']);
  await apt('apt-get install', ['install', '-q', '-y', '--no-install-recommends', ...missing]);
  return true;
}
