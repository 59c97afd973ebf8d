// `npm test`: builds, runs every test there is, ends with `N passed, N failed, N skipped`.
// `npm run test:PART` runs the parts that are named.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { build } from './build.mjs';
import { checkCMakePackage } from './lib/cmake-package.mjs';
import { buildPreset } from './lib/cmake.mjs';
import { capture, Failure, main, show } from './lib/command.mjs';
import { fuzz } from './lib/fuzz.mjs';
import { checkPackage } from './lib/package-checks.mjs';
import { filesBelow } from './lib/files.mjs';
import { nodeVersions } from './lib/node-versions.mjs';
import { installPackages } from './lib/npm.mjs';
import { at } from './lib/paths.mjs';
import {
  asLine,
  asTable,
  closingLine,
  gtest,
  jest,
  judged,
  nodeTest,
  playwright,
  sum,
} from './lib/reports.mjs';
import { setup } from './setup.mjs';

/** A report left from an earlier run must not be mistaken for one of this run. */
function freshReport(name) {
  const path = `build/reports/${name}`;
  mkdirSync(at('build/reports'), { recursive: true });
  rmSync(at(path), { force: true });
  return path;
}

/**
 * GoogleTest as one process: ctest starts one for each of 1500 tests, which takes minutes where
 * this takes seconds. A crash leaves no report, which counts as a failure.
 */
async function cpp(preset) {
  await buildPreset(preset);
  const report = freshReport(`${preset}.xml`);
  const { testPresets } = JSON.parse(readFileSync(at('CMakePresets.json'), 'utf8'));
  const { environment = {} } = testPresets.find(({ name }) => name === preset);
  const args = ['--gtest_brief=1', `--gtest_output=xml:${at(report)}`];
  const code = await show(at(`build/${preset}/tests/native/throughline_tests`), args, {
    env: environment,
    // Skipped cases say why in the hundreds; the table at the end counts them.
    keep: (line) => !/: Skipped$|SKIPPED|^not supported|^needs |^runs through|^$/.test(line),
  });
  return judged(gtest(report), code);
}

const node = (path, ...args) => [process.execPath, [at(path), ...args]];

/** A runner that ends with a closing line, which belongs to the sum and is not shown. */
function ownRunner(path, ...args) {
  const { code, stdout, stderr } = capture(...node(path, ...args));
  process.stderr.write(stderr);
  console.log(stdout.trimEnd().split('\n').slice(0, -1).join('\n'));
  return judged(closingLine(stdout), code);
}

/** A look at each target; `npm run fuzz` takes its time. */
const FUZZ_SECONDS = 5;

const testArguments = (report) => [
  '--test',
  '--test-reporter=tap',
  `--test-reporter-destination=${at(report)}`,
];

/** Versions of Next.js beside that of the root. */
async function installNext() {
  for (const version of ['15', '15.2']) await installPackages(`tests/next/${version}`);
}

/** Packages that come while others compile; what fails here fails again where it is needed. */
let downloaded;

const parts = {
  native: () => cpp('native'),

  asan: () => cpp('asan'),

  async shim() {
    const report = freshReport('shim.json');
    const args = ['--config', 'tests/shim/jest.config.js', '--json', '--outputFile', at(report)];
    const code = await show(...node('node_modules/jest/bin/jest.js', ...args), {
      // Its human output goes to the other stream; this one would repeat the report.
      keep: () => false,
    });
    return judged(jest(report), code);
  },

  vectors: () => ownRunner('tests/vectors/run.mjs', 'tests/cases'),

  /** The core as JavaScript is held to the same. */
  script: () => ownRunner('tests/vectors/run.mjs', '--script', 'tests/cases'),

  async browser() {
    const report = freshReport('browser.json');
    const args = ['test', '--config', 'tests/browser/playwright.config.ts'];
    const code = await show(...node('node_modules/@playwright/test/cli.js', ...args), {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: at(report) },
    });
    return judged(playwright(report), code);
  },

  peer: () => ownRunner('tests/peer/run.mjs'),

  async node() {
    const files = filesBelow('tests/node', /\.test\.mjs$/).map((path) => at(path));
    const rows = [];
    // By itself it leaves a processor free, which of two is half.
    const atOnce = `--test-concurrency=${availableParallelism()}`;
    for (const { major, path, none } of await nodeVersions()) {
      const name = `Node ${major}`;
      if (none) {
        console.log(`${name}: skipped, ${none}.`);
        rows.push({ passed: 0, failed: 0, skipped: 1 });
        continue;
      }
      const report = freshReport(`node-${major}.tap`);
      const code = await show(path, [...testArguments(report), atOnce, ...files]);
      const counts = judged(nodeTest(report), code);
      console.log(`${name}: ${asLine(counts)}.`);
      rows.push({ ...counts, failures: counts.failures?.map((line) => `${name}: ${line}`) });
    }
    return sum(rows);
  },

  async next() {
    await downloaded;
    await installNext();
    const report = freshReport('next.tap');
    const files = filesBelow('tests/next', /\.test\.mjs$/).map((path) => at(path));
    const code = await show(process.execPath, [...testArguments(report), ...files]);
    return judged(nodeTest(report), code);
  },

  package: () => checkPackage(),

  cmake: () => checkCMakePackage(),

  // The same inputs each time: what a run by a seed of its own finds is no fault of the change.
  'fuzz:diff': () => ownRunner('tests/fuzz/diff.mjs', '--seed', '1'),

  async fuzz() {
    await setup('fuzz');
    return fuzz({ seconds: FUZZ_SECONDS });
  },
};

function chosen(names) {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    const known = Object.keys(parts).join(', ');
    throw new Failure(`No such part of the tests: ${unknown.join(', ')}. There are: ${known}.`);
  }
  return names.length > 0 ? names : Object.keys(parts);
}

/** A part that cannot even be built is one failure; the others still run. */
async function runPart(name) {
  console.log(`\n== ${name}`);
  try {
    return await parts[name]();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

await main(import.meta.url, async () => {
  const names = chosen(process.argv.slice(2));
  const rows = [];
  try {
    const tests = names.includes('vectors') || names.includes('fuzz:diff');
    await build({ purpose: 'test', tests });
    if (names.includes('next')) {
      downloaded = installNext().catch(() => undefined);
    }
    for (const name of names) rows.push([name, await runPart(name)]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`\n${error.message}`);
    rows.push(['build', { passed: 0, failed: 1, skipped: 0 }]);
  }
  const total = sum(rows.map(([, counts]) => counts));
  // Once more at the end, where a log that is cut in its middle still has them.
  const failures = rows.flatMap(([name, counts]) =>
    (counts.failures ?? []).map((failure) => `\nFAILED ${name}: ${failure}`),
  );
  console.log(failures.join(''));
  console.log(`\n${asTable(rows)}\n\n${asLine(total)}`);
  if (total.failed > 0) process.exitCode = 1;
});
