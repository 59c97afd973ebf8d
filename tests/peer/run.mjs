// `npm run test:peer [-- --only TEXT] [--show] [--self]`: scripted pages, each played by the real
// peer, @sentry/browser 10.63.0, and by ours, in Chromium. What servers received has to be the
// same, but for what the specification says (`differs` in a scenario).
//
// Prints one line per scenario and last `N passed, N failed, N skipped`; exits with 1 on failures.
// `--only` takes scenarios whose name contains the text; `--show` prints both transcripts;
// `--self` plays the peer against itself, which shows what depends on chance.
import { chromium } from '@playwright/test';

import { findChromium, quietChromium } from '../../.ci/lib/chromium.mjs';
import { known } from './known.mjs';
import { bundle } from './lib/bundles.mjs';
import { judge } from './lib/judge.mjs';
import { openNeeds } from './lib/needs.mjs';
import { openStage, play } from './lib/play.mjs';
import { transcriptOf } from './lib/transcript.mjs';
import { scenarios } from './scenarios/index.mjs';

const PAGES = 4;

const flag = (name) => process.argv.includes(`--${name}`);

function chosen() {
  const at = process.argv.indexOf('--only');
  const only = at < 0 ? '' : process.argv[at + 1];
  return scenarios.filter(({ name }) => name.includes(only));
}

/** Calls `work` with each item and the page to play it on; results keep the order. */
async function each(context, items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    const stage = await openStage(context);
    while (next < items.length) {
      const at = next++;
      results[at] = await work(stage, items[at]);
    }
  };
  await Promise.all(Array.from({ length: PAGES }, worker));
  return results;
}

async function compare(stage, sides, missing, scenario) {
  const lacking = flag('self') ? [] : missing(scenario.needs ?? []);
  if (lacking.length > 0) {
    return { verdict: 'skipped', lines: [`  not exported yet: ${lacking.join(', ')}`] };
  }
  const { transactions = 1 } = scenario;
  const [our, their] = Array.isArray(transactions) ? transactions : [transactions, transactions];
  const theirs = await play(stage, scenario, sides.theirs, their);
  const ourSide = scenario.streams ? sides.oursStreaming : sides.ours;
  const ours = await play(stage, scenario, ourSide, flag('self') ? their : our);
  if (flag('show')) {
    for (const record of [ours, theirs]) {
      console.log(JSON.stringify(transcriptOf(record, ''), undefined, 2));
    }
  }
  if (flag('self')) return judge({ ...scenario, differs: {} }, ours, theirs, []);
  return judge(
    scenario,
    ours,
    theirs,
    known.filter((entry) => entry.scenario === scenario.name),
  );
}

/** An entry for a scenario that was renamed would excuse nothing, and nobody would notice. */
function checkKnown() {
  const names = new Set(scenarios.map(({ name }) => name));
  const lost = known.filter(({ scenario }) => !names.has(scenario));
  if (lost.length > 0) throw new Error(`known.mjs: no scenario ${lost[0].scenario}`);
}

async function main() {
  checkKnown();
  const theirs = await bundle('sentry');
  const side = (name) => (flag('self') ? theirs : bundle(name));
  const sides = {
    theirs,
    ours: await side('throughline'),
    oursStreaming: await side('throughline-streaming'),
  };
  const missing = openNeeds();
  const browser = await chromium.launch({ executablePath: findChromium(), args: quietChromium });
  const counts = { ok: 0, failed: 0, skipped: 0 };
  try {
    const context = await browser.newContext();
    const list = chosen();
    const results = await each(context, list, (stage, scenario) =>
      compare(stage, sides, missing, scenario),
    );
    results.forEach(({ verdict, lines }, at) => {
      counts[verdict] += 1;
      console.log([`${verdict.padEnd(8)}${list[at].name}`, ...lines].join('\n'));
    });
  } finally {
    await browser.close();
  }
  console.log(`${counts.ok} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 && counts.ok > 0 ? 0 : 1;
}

process.exitCode = await main();
