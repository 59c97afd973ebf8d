// Holds the built core to fact tables: `node tests/vectors/run.mjs [--script] [DIR]`, DIR being a
// folder of files in the form of tests/cases (the default). `--script`: its build in JavaScript
// instead of WebAssembly, and only what the core alone answers. Prints a line per file, what failed and why
// cases were skipped, and last `N passed, N failed, N skipped`; exits with 1 if anything failed
// or could not be read.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { families } from './families.mjs';
import { withHostAnswers } from './host_answers.mjs';

const built = new URL('../../build/', import.meta.url);

/** What starts one of the two builds. */
async function starterOf(isScript) {
  if (isScript) {
    const { default: createCore } = await import(new URL('script/cases-script.mjs', built).href);
    return () => createCore({});
  }
  const { default: createCore } = await import(new URL('wasm/cases.mjs', built).href);
  const wasm = readFileSync(new URL('wasm/cases.wasm', built));
  return () => createCore({ wasm });
}

/** Calls `runCase` of the module; a core that trapped is not asked again but replaced. */
async function coreRunner(isScript) {
  const start = await starterOf(isScript);
  let core;
  return (kind, testCase) => {
    try {
      core ??= start();
      return JSON.parse(core.runCase(kind, JSON.stringify(testCase)));
    } catch (error) {
      core = undefined;
      return { verdict: 'fail', detail: `the core trapped: ${error}` };
    }
  };
}

async function runOne(kind, testCase, runInCore, family) {
  if (!family) return runInCore(kind, withHostAnswers(kind, testCase));
  try {
    return await family(testCase);
  } catch (error) {
    return { verdict: 'fail', detail: `threw ${error?.stack ?? error}` };
  }
}

const asCounts = ({ pass, fail, skip }) => `${pass} passed, ${fail} failed, ${skip} skipped`;

/** Runs one file and returns its counts; says what there is to say about it. */
async function runFile(path, width, runInCore, isScript) {
  const kind = basename(path, '.json');
  // The shim brings WebAssembly along; a family says nothing about the core as JavaScript.
  const family = isScript ? undefined : families.get(kind);
  const counts = { pass: 0, fail: 0, skip: 0 };
  const failures = [];
  const reasons = new Map();
  try {
    for (const testCase of JSON.parse(readFileSync(path, 'utf8')).cases) {
      const { verdict, detail } = await runOne(kind, testCase, runInCore, family);
      counts[verdict] += 1;
      if (verdict === 'fail') failures.push(`${testCase.id}: ${detail}`);
      if (verdict === 'skip') reasons.set(detail, (reasons.get(detail) ?? 0) + 1);
    }
  } catch (error) {
    counts.fail += 1;
    failures.push(`cannot be read: ${error.message}`);
  }
  console.log(`${kind.padEnd(width)}  ${asCounts(counts)}`);
  for (const failure of failures) console.log(`  failed ${failure}`);
  for (const [reason, count] of reasons) console.log(`  skipped ${count}: ${reason}`);
  return counts;
}

async function main(folder, isScript) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (files.length === 0) throw new Error(`no tables in ${folder}`);
  const width = Math.max(...files.map((name) => basename(name, '.json').length));
  const runInCore = await coreRunner(isScript);
  const total = { pass: 0, fail: 0, skip: 0 };
  for (const name of files.sort()) {
    const counts = await runFile(join(folder, name), width, runInCore, isScript);
    for (const verdict of Object.keys(total)) total[verdict] += counts[verdict];
  }
  console.log(asCounts(total));
  return total.fail === 0 ? 0 : 1;
}

const tables = fileURLToPath(new URL('../cases', import.meta.url));
const given = process.argv.slice(2);
const isScript = given[0] === '--script';
process.exitCode = await main(given[isScript ? 1 : 0] ?? tables, isScript);
