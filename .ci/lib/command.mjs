// Running other programs: quietly with a sign of life, or with their output passed on.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { at, root } from './paths.mjs';

/** Something the reader of the terminal can act on: printed without a stack. */
export class Failure extends Error {}

/**
 * Runs `run` when the module is the script that was started, not one that is imported. A failure
 * becomes its message and exit code 1.
 */
export async function main(moduleUrl, run) {
  // The checkout may be reached through a symbolic link, which the module's address never shows.
  if (realpathSync(process.argv[1]) !== fileURLToPath(moduleUrl)) return;
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * Our own Node comes first: Debian's emscripten brings an older one, which must not answer to
 * `node`. Nothing may fetch a browser on the side.
 */
export const environment = {
  ...process.env,
  PATH: dirname(process.execPath) + delimiter + (process.env.PATH ?? ''),
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
};

/** @returns the exit code and what was printed; code 127 when there is no such program. */
export function capture(command, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    ...options,
  });
  return { code: error ? 127 : (status ?? 1), stdout: stdout ?? '', stderr: stderr ?? '' };
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a program whose output belongs on the terminal.
 *
 * @param keep which lines to pass on; without it all of them, as they come.
 * @returns the exit code.
 */
export async function show(command, args, { env = {}, keep } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...environment, ...env },
    stdio: ['ignore', keep ? 'pipe' : 'inherit', 'inherit'],
  });
  if (keep) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (keep(line)) console.log(line);
    });
  }
  return ended(child);
}

const LIFE_SIGN_MS = 10_000;
/** A step that stays at the same line says so less often. */
const SAME_LINE_MS = 60_000;
const TAIL_LINES = 40;

/**
 * Runs a long step. Its output goes to `build/logs/`; the terminal sees the step's name, every
 * ten seconds the latest line if it is a new one, and the end of the log if the step fails.
 *
 * @param title printed at once; with `quiet` only once the step turns out to be long.
 */
export async function step(title, command, args, { env = {}, cwd = root, quiet = false } = {}) {
  mkdirSync(at('build/logs'), { recursive: true });
  const log = at('build/logs', `${title.replace(/[^\w.-]+/g, '-')}.log`);
  const file = createWriteStream(log);
  const begin = Date.now();
  const seconds = () => Math.round((Date.now() - begin) / 1000);
  let titled = false;
  const say = (text) => {
    if (!titled) console.log(`${title} ...`);
    titled = true;
    if (text) console.log(`  ${seconds()} s: ${text}`);
  };
  if (!quiet) say();

  let latest = 'working';
  let said = { line: '', at: begin };
  const lifeSign = setInterval(() => {
    if (latest === said.line && Date.now() - said.at < SAME_LINE_MS) return;
    said = { line: latest, at: Date.now() };
    say(latest.slice(0, 100));
  }, LIFE_SIGN_MS);
  const child = spawn(command, args, {
    cwd,
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    createInterface({ input: stream }).on('line', (line) => {
      latest = line.trim() || latest;
    });
  }

  let code;
  try {
    code = await ended(child);
  } catch (error) {
    throw new Failure(`${title}: cannot run ${command}: ${error.message}`);
  } finally {
    clearInterval(lifeSign);
    await new Promise((resolve) => file.end(resolve));
  }
  if (code !== 0) {
    const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
    throw new Failure(`${title} failed with exit code ${code}:\n\n${tail}\n\nWhole log: ${log}`);
  }
  if (seconds() > 2) say('done');
}
