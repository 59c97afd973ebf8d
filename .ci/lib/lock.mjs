// One at a time: two terminals that build the same tree would write the same files.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { at } from './paths.mjs';

const file = at('build/lock');
const POLL_MS = 300;
let depth = 0;

function take() {
  mkdirSync(at('build'), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** @returns the process that holds the lock, or nothing when it is gone and left it behind. */
function holder() {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Just created and not yet written counts as held.
    if (pid > 0) process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

const release = () => rmSync(file, { force: true });

/** Runs `work` while no other process is in here; calls inside of it go straight on. */
export async function alone(work) {
  if (depth === 0) {
    let told = false;
    while (!take()) {
      if (holder() === undefined) {
        release();
        continue;
      }
      if (!told) console.log('waiting for another run in this tree ...');
      told = true;
      await sleep(POLL_MS);
    }
    process.once('exit', release);
  }
  depth++;
  try {
    return await work();
  } finally {
    depth--;
    if (depth === 0) {
      process.removeListener('exit', release);
      release();
    }
  }
}
