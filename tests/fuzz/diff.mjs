// `npm run fuzz:diff [-- --seed N] [--count N] [--family NAME]`: generated inputs, answered by the
// built core and by the peer, @sentry/core 10.63.0. They may differ where the specification says
// so, and then the core has to answer what it says (the rules in tests/fuzz/diff).
//
// Prints one line per family and last `N passed, N failed, N skipped`, where a family is one test;
// exits with 1 if any input showed another difference. The seed repeats a run.
import { baggage, joinedBaggage, writtenDsc, writtenMembers } from './diff/families/baggage.mjs';
import { sentryTrace, writtenHeaders } from './diff/families/sentry_trace.mjs';
import { targets } from './diff/families/targets.mjs';
import { continuation, decision, organisation, rate } from './diff/families/trace.mjs';
import { credentials, dsn, urlForm, urlParts } from './diff/families/urls.mjs';
import { compareFamily, differenceOf } from './diff/compare.mjs';
import { openCore } from './diff/core.mjs';
import { seeded } from './diff/random.mjs';
import { shrink } from './diff/shrink.mjs';

const families = [
  ...[sentryTrace, writtenHeaders, baggage, writtenDsc, writtenMembers, joinedBaggage],
  ...[continuation, organisation, rate, decision, targets, urlForm, urlParts, credentials, dsn],
];

const DEFAULT_COUNT = 200_000;

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
}

function wholeNumber(name, fallback) {
  const value = Number(option(name, fallback));
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name}: expected a whole number, got ${option(name)}`);
}

const shown = (value) => JSON.stringify(value) ?? 'undefined';

function report(family, difference, ask) {
  const input = shrink(difference.input, (candidate) => {
    try {
      const smaller = differenceOf(family, candidate, ask);
      // Smaller is of no use when one of both cannot take it any more.
      return (
        smaller !== undefined &&
        !smaller.required?.throws === !difference.required?.throws &&
        !smaller.ours?.throws === !difference.ours?.throws
      );
    } catch {
      return false;
    }
  });
  const smallest = differenceOf(family, input, ask) ?? difference;
  const lines = [
    `  input     ${shown(difference.input)}`,
    `  shrunk    ${shown(smallest.input)}`,
    `  core      ${shown(smallest.ours)}`,
    `  required  ${shown(smallest.required)}`,
    `  peer      ${shown(peerAnswer(family, smallest.input))}`,
    `  rules     ${smallest.rules.join(', ') || 'none'}`,
  ];
  console.log(lines.join('\n'));
}

function peerAnswer(family, input) {
  try {
    return family.peer(input);
  } catch (error) {
    return String(error);
  }
}

async function main() {
  const seed = wholeNumber('seed', Date.now() % 2 ** 32);
  const count = wholeNumber('count', DEFAULT_COUNT);
  const only = option('family');
  const chosen = families.filter(({ name }) => !only || name === only);
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  const ask = await openCore();
  console.log(`seed ${seed}, ${count} inputs`);

  const total = { compared: 0, passed: 0, failed: 0 };
  const width = Math.max(...chosen.map(({ name }) => name.length));
  for (const family of chosen) {
    // Each on its own, so that a family alone repeats what it did among the others.
    const random = seeded(seed ^ Math.imul(families.indexOf(family) + 1, 0x9e3779b1));
    const own = Math.max(1, Math.ceil((count * family.share) / shares));
    const { compared, notes, differences } = compareFamily(family, own, random, ask);
    const noted = [...notes].sort().map(([name, times]) => `${name} ${times}`);
    const verdict = differences.length > 0 ? 'DIFFERS' : 'agrees';
    const counts = `${String(compared).padStart(7)} inputs ${verdict}`;
    console.log(`${family.name.padEnd(width)} ${counts}  ${noted.join(', ')}`.trimEnd());
    for (const difference of differences) report(family, difference, ask);
    total.compared += compared;
    total[differences.length > 0 ? 'failed' : 'passed'] += 1;
  }
  console.log(`${total.compared} inputs compared`);
  console.log(`${total.passed} passed, ${total.failed} failed, 0 skipped`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
