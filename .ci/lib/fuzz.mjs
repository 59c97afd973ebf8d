// Runs the targets of libFuzzer (tests/fuzz/*.cpp), each for some seconds.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';

import { seeds } from '../../tests/fuzz/seeds.mjs';
import { buildPreset } from './cmake.mjs';
import { environment, Failure } from './command.mjs';
import { filesBelow } from './files.mjs';
import { at } from './paths.mjs';
import { sum } from './reports.mjs';

const isTarget = (path) => /^tests\/fuzz\/[^/]+\.cpp$/.test(path);

const targets = () =>
  filesBelow('tests/fuzz', /\.cpp$/)
    .filter(isTarget)
    .map((path) => basename(path, '.cpp'));

/** Files named after what is in them, as libFuzzer names its own. */
function writeSeeds(target) {
  const folder = at('build/fuzz/seeds', target);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const seed of seeds[target]()) {
    writeFileSync(`${folder}/${createHash('sha1').update(seed).digest('hex')}`, seed);
  }
  return folder;
}

const settings = JSON.parse(readFileSync(at('CMakePresets.json'), 'utf8'));
const sanitizers = settings.testPresets.find(({ name }) => name === 'asan').environment;

/** @returns the last lines of what a target said, for its failure. */
const tail = (log) => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-40).join('\n');

function runTarget(target, seconds) {
  const program = at(`build/fuzz/tests/fuzz/fuzz_${target}`);
  if (!seeds[target]) throw new Failure(`tests/fuzz/seeds.mjs has no seeds for ${target}.`);
  // What it finds worth keeping stays there for the next run.
  const corpus = at('build/fuzz/corpus', target);
  const found = at('build/fuzz/found');
  for (const folder of [corpus, found, at('build/logs')]) mkdirSync(folder, { recursive: true });
  const log = at('build/logs', `fuzz-${target}.log`);
  const args = [
    ...[`-max_total_time=${seconds}`, '-max_len=4096', '-timeout=10', '-rss_limit_mb=1024'],
    ...['-print_final_stats=1', `-artifact_prefix=${found}/${target}-`, corpus, writeSeeds(target)],
  ];
  const child = spawn(program, args, {
    env: { ...environment, ...sanitizers },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      file.end(() => {
        const text = readFileSync(log, 'utf8');
        const runs = /^stat::number_of_executed_units: *(\d+)/m.exec(text)?.[1];
        const reached = [...text.matchAll(/ cov: (\d+)/g)].at(-1)?.[1];
        resolve({ code, runs, reached, log });
      });
    });
  });
}

/**
 * Builds and runs the targets, as many at a time as there are processors.
 *
 * @param options.seconds for each of them
 * @param options.only    the names of some; without it all
 * @returns how many passed and failed; one that ran no input has failed.
 */
export async function fuzz({ seconds, only = [] }) {
  const all = targets();
  const unknown = only.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`No such target: ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  }
  await buildPreset('fuzz');
  const queue = only.length > 0 ? [...only] : all;
  const width = Math.max(...queue.map((name) => name.length));
  const counts = [];
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const { code, runs, reached, log } = await runTarget(name, seconds);
      const passed = code === 0 && Number(runs) > 0;
      const verdict = passed ? 'holds' : 'FAILED';
      console.log(
        `${name.padEnd(width)} ${(runs ?? '0').padStart(9)} inputs ${verdict}  ${reached ?? 0} edges`,
      );
      if (!passed) console.log(`\n${tail(log)}\n\nInputs to repeat it with: build/fuzz/found\n`);
      counts.push({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return sum(counts);
}
