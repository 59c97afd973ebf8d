// `npm run bench -- growth`: whether a request costs more where there are many, of requests under
// one route or of targets. Both are ratios of ours to ours.
import { Failure } from '../../.ci/lib/command.mjs';
import { withReceiver } from './lib/pages.mjs';
import { openPage } from './lib/chromium.mjs';
import { interleave } from './lib/rounds.mjs';
import { fasterHalf, median } from './lib/statistics.mjs';

const ROUNDS = { most: 15, seconds: 120 };
const FEW = 100;
const MANY = 3000;
const TARGETS = 1000;
const BURST = 25;
/** design.md section 5. */
const BOUNDS = { requests: 1.2, targets: 1.5 };

/** Runs in the page. @returns milliseconds that each fetch() call took until it returned */
async function makeRequests({ data, label, count, burst }) {
  const times = [];
  await globalThis.contender.inRoot(async () => {
    for (let i = 0; i < count; i += burst) {
      const urls = Array.from({ length: burst }, (_, j) => [data, label, i + j].join('/'));
      const answers = [];
      for (const url of urls) {
        const start = performance.now();
        answers.push(fetch(url));
        times.push(performance.now() - start);
      }
      await Promise.all(answers.map(async (answer) => (await answer).text()));
    }
  });
  return times;
}

/** What a call costs in a page that is not traced is no part of it. */
async function sample({ evaluate, data, inbox, count }, label) {
  inbox.take();
  const times = await evaluate(makeRequests, { data, label, count, burst: BURST });
  const { requests } = inbox.take();
  if (requests.length !== count)
    throw new Failure(`bench: ${requests.length} of ${count} arrived.`);
  return {
    first: fasterHalf(times.slice(0, FEW)),
    last: fasterHalf(times.slice(-FEW)),
  };
}

/** @returns whether the bounds hold. */
export async function growth() {
  let samples;
  await withReceiver(async ({ browser, addPage }) => {
    const open = async (name, count, decoys) => {
      const served = await addPage({ name, recording: true, decoys });
      const tab = await openPage(browser);
      await tab.goto(served.url);
      return { ...served, ...tab, count };
    };
    const entries = [
      await open('plain', FEW),
      await open('throughline', FEW, 0),
      await open('throughline', FEW, TARGETS - 1),
      await open('plain', MANY),
      await open('throughline', MANY, 0),
    ];
    const taken = await interleave(entries, ROUNDS, sample);
    samples = entries.map((entry) => taken.get(entry));
  });
  const [bare, one, thousand, bareMany, many] = samples;
  const cost = (ours, plain, which) =>
    median(ours.map((sample, round) => sample[which] - plain[round][which])) * 1000;
  const rows = [
    [
      `request ${MANY} of a route`,
      cost(many, bareMany, 'last'),
      `request ${FEW}`,
      cost(many, bareMany, 'first'),
      BOUNDS.requests,
    ],
    [
      `with ${TARGETS} targets`,
      cost(thousand, bare, 'first'),
      'with 1',
      cost(one, bare, 'first'),
      BOUNDS.targets,
    ],
  ];
  let allHold = true;
  for (const [what, cost, reference, least, bound] of rows) {
    const ratio = cost / least;
    allHold &&= ratio <= bound;
    console.log(
      `${ratio <= bound ? 'ok  ' : 'OVER'}  ${what}: ${cost.toFixed(1)} µs, ${ratio.toFixed(2)}x of ` +
        `${least.toFixed(1)} µs, ${reference}; bound ${bound}x`,
    );
  }
  return allHold;
}
