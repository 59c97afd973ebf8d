// Counting tests by what the runners write, not by what they print: ctest's closing line calls
// skipped tests passed. A missing or unreadable report is a failure, and so is one without tests.
import { readFileSync } from 'node:fs';

import { at, exists } from './paths.mjs';

const read = (path) => (exists(path) ? readFileSync(at(path), 'utf8') : '');

function json(path) {
  try {
    return JSON.parse(read(path));
  } catch {
    return undefined;
  }
}

const broken = { passed: 0, failed: 1, skipped: 0 };

/** The first line of a message, without the colours of terminals. */
// eslint-disable-next-line no-control-regex -- what is to go is a control character
const plain = (text = '') => text.replace(/\u001b\[[\d;]*m/g, '').split('\n', 1)[0];

/** JUnit's XML as ctest writes it: sums on the first element. */
export function gtest(path) {
  const suites = read(path)?.match(/<testsuite [^>]*>/g);
  if (!suites) return broken;
  const count = (name) =>
    suites.reduce(
      (all, suite) => all + Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0),
      0,
    );
  const failed = count('failures') + count('errors');
  const skipped = count('skipped') + count('disabled');
  const failures = read(path)
    .split('<testcase ')
    .filter((part) => part.includes('<failure '))
    .map((part) => ['classname', 'name'].map((key) => attribute(part, key)).join('.'));
  return { passed: count('tests') - failed - skipped, failed, skipped, failures };
}

const attribute = (element, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(element)?.[1];

export function jest(path) {
  const report = json(path);
  if (!report) return broken;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, message, assertionResults }) =>
      assertionResults.length === 0
        ? [`${name}: ${plain(message)}`]
        : assertionResults
            .filter(({ status }) => status === 'failed')
            .map((test) => `${test.fullName}: ${plain(test.failureMessages[0])}`),
    ),
  };
}

export function playwright(path) {
  const report = json(path);
  if (!report) return broken;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped,
    failures: [
      ...report.errors.map(({ message }) => plain(message)),
      ...report.suites.flatMap(failedIn),
    ],
  };
}

function failedIn({ specs = [], suites = [] }) {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors));
      return `${file}: ${title}: ${plain(errors[0]?.message)}`;
    });
  return [...own, ...suites.flatMap(failedIn)];
}

/** The closing lines of Node's own runner, in TAP. */
export function nodeTest(path) {
  const text = read(path);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const failed = count('fail') + count('cancelled');
  const counts = { passed: count('pass'), failed, skipped: count('skipped') + count('todo') };
  if (Object.values(counts).some(Number.isNaN)) return broken;
  return { ...counts, failures: failuresOf(text) };
}

/** What failed there: a line for each, with what was wrong. */
function failuresOf(tap) {
  const [, ...parts] = tap.split(/^ *not ok \d+ - /m);
  // That a part of it failed is no failure of its own.
  const own = parts.filter((part) => !/failureType: 'subtestsFailed'/.test(part));
  return own.map((part) => {
    const [name] = part.split('\n', 1);
    const [, indent, text] = /^( *)error: (.*)$/m.exec(part) ?? ['', '', ''];
    const isBlock = text === '|-';
    const block = isBlock ? part.slice(part.indexOf('error: |-') + 9) : '';
    const lines = block.split('\n').filter((line) => line.startsWith(`${indent}  `));
    return `${name}: ${isBlock ? lines.map((line) => line.trim()).join(' ') : text}`;
  });
}

/** A runner of our own: its closing line `N passed, N failed, N skipped`, and a line for each. */
export function closingLine(text) {
  const line = text.trimEnd().split('\n').at(-1);
  const numbers = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line)?.slice(1).map(Number);
  if (!numbers) return broken;
  const [passed, failed, skipped] = numbers;
  const failures = text.split('\n').flatMap((line) => /^ *failed +(.*)$/i.exec(line)?.[1] ?? []);
  return { passed, failed, skipped, failures };
}

/** Holds a runner's counts against its exit code; both have to say that all is well. */
export function judged(counts, code) {
  const silent = counts.passed + counts.failed + counts.skipped === 0;
  const hidden = code !== 0 && counts.failed === 0;
  return silent || hidden ? { ...counts, failed: 1 } : counts;
}

export function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  return { ...total, failures: all.flatMap(({ failures = [] }) => failures) };
}

export const asLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** One row per part. No row looks like the closing line, which has to stay the only one. */
export function asTable(rows) {
  const cell = (value) => String(value).padStart(9);
  const line = (name, { passed, failed, skipped }) =>
    name.padEnd(10) + cell(passed) + cell(failed) + cell(skipped);
  const head = line('', { passed: 'passed', failed: 'failed', skipped: 'skipped' });
  return [head, ...rows.map(([name, counts]) => line(name, counts))].join('\n');
}
