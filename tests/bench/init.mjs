// `npm run bench -- init`: what a page pays for loading and starting, in JavaScript on its main
// thread. Every sample is a fresh page in a fresh process, so nothing is compiled already.
import { openPage } from './lib/chromium.mjs';
import { withReceiver } from './lib/pages.mjs';
import { report } from './lib/report.mjs';
import { interleave } from './lib/rounds.mjs';

const ROUNDS = { most: 40, seconds: 90 };

/** design.md section 5. */
const BOUND = 0.5;

const NAMES = ['plain', 'floor', 'throughline', 'sentry-tracing', 'sentry'];

/** Milliseconds. */
async function sampleLoad(browser, url) {
  const tab = await openPage(browser);
  try {
    await tab.goto(url);
    const { script } = await tab.metrics();
    return script / 1000;
  } finally {
    await tab.close();
  }
}

/** @returns whether the bound holds. */
export async function init() {
  let samples;
  await withReceiver(async ({ browser, addPage }) => {
    const entries = [];
    for (const name of NAMES) entries.push({ name, ...(await addPage({ name, recording: true })) });
    samples = await interleave(entries, ROUNDS, ({ url }) => sampleLoad(browser, url));
  });
  const [[, bare], ...others] = samples;
  const taken = Object.fromEntries(others.map(([{ name }, values]) => [name, values]));
  return report('script CPU, ms', [{ what: 'load and init', bound: BOUND, bare, taken }]);
}
