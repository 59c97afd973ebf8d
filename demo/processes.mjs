// Child processes that live and end together.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PATIENCE_MS = 2000;
const LAST_WORDS = 12;

/**
 * @typedef {object} Program
 * @property {string} name for messages
 * @property {URL} [preload] loaded with `--import` before the program
 * @property {URL} file a script for Node
 * @property {boolean} [native] it is a program by itself: its messages are lines of JSON on its
 *     standard output, and it ends when its standard input does
 * @property {string[]} [args]
 * @property {Record<string, string>} [env] on top of our own
 */

/**
 * @param {object} on
 * @param {(name: string, message: any) => void} on.message what a child sent
 * @param {(reason: string) => void} on.earlyEnd a child ended that nobody stopped
 */
export function createProcesses({ message, earlyEnd }) {
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set();
  let stopping = false;

  /**
   * @param {Program} program
   * @returns {Promise<void>} when it listens; stays open if it ends before that
   */
  function start({ name, preload, file, native = false, args = [], env = {} }) {
    const before = preload ? ['--import', preload.href] : [];
    const line = [...(native ? [] : [process.execPath]), ...before, fileURLToPath(file), ...args];
    const child = spawn(line[0], line.slice(1), {
      env: { ...ownEnvironment(), ...env },
      stdio: native ? ['pipe', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C reaches us alone, and we end the children in order.
      detached: true,
    });
    running.add(child);
    const lastWords = collectLines(child);
    child.once('error', (error) =>
      earlyEnd(`The ${name} process could not be started: ${error.message}`),
    );
    child.once('close', (code, signal) => {
      running.delete(child);
      if (stopping) return;
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      earlyEnd([`The ${name} process ${how}.`, ...lastWords].join('\n  '));
    });
    return new Promise((resolve) => {
      const hear = (/** @type {any} */ received) => {
        if (received.kind === 'ready') resolve();
        else message(name, received);
      };
      if (native)
        createInterface({ input: child.stdout }).on('line', (text) => hear(JSON.parse(text)));
      else child.on('message', hear);
    });
  }

  /** Ends every child, by force where asking does not help. */
  async function stop() {
    stopping = true;
    await Promise.all([...running].map(end));
  }

  return { start, stop };
}

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    // Not 'close', which Node 20 never sends once the line is cut from our side.
    child.once('exit', () => {
      clearTimeout(force);
      resolve(undefined);
    });
    if (child.stdin) child.stdin.end();
    else child.kill('SIGTERM');
    if (child.connected) child.disconnect();
  });
}

/** Settings of somebody's other project must not redirect the services of this one. */
function ownEnvironment() {
  const foreign = /^(SENTRY|SPOTLIGHT)_/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** @param {import('node:child_process').ChildProcess} child */
function collectLines(child) {
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      lines.push(...text.split('\n').filter((line) => line.trim()));
      lines.splice(0, lines.length - LAST_WORDS);
    });
  }
  return lines;
}
