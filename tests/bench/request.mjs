// `npm run bench -- request`: what a fetch costs in an open root span.
import { withPages } from './lib/pages.mjs';
import { judge, table, times, withSpread } from './lib/report.mjs';
import { sampleRequests } from './lib/requests.mjs';
import { beyond, interleave, summary } from './lib/rounds.mjs';

const ROUNDS = { most: 15, seconds: 40 };

/** design.md section 5, as shares of `@sentry/browser`. */
const METRICS = [
  { what: 'until fetch() returns', metric: 'untilReturn', recording: true, bound: 0.25 },
  { what: 'all main-thread CPU', metric: 'cpu', recording: true, bound: 0.3 },
  { what: 'headers only, until return', metric: 'untilReturn', recording: false, bound: 0.2 },
];

const entries = [
  ...['plain', 'floor', 'floor-recording', 'throughline', 'sentry', 'sentry-tracing'].map(
    (name) => ({ name, recording: true }),
  ),
  ...['throughline', 'sentry'].map((name) => ({ name, recording: false })),
];

const labels = {
  floor: 'floor',
  'floor-recording': 'floor-recording',
  throughline: 'throughline',
  sentry: 'sentry',
  'sentry-tracing': 'sentry, tracing alone',
};

function show(samples) {
  const of = (name, recording) => {
    // The page and the floor are the same with and without recording.
    const found = entries.find((entry) => entry.name === name && entry.recording === recording);
    const shared = ['plain', 'floor'].includes(name) && entries.find((entry) => entry.name === name);
    return samples.get(found ?? shared);
  };
  const columns = METRICS.map((asked) => {
    const bare = of('plain', asked.recording);
    const costs = {};
    for (const name of Object.keys(labels)) {
      const taken = of(name, asked.recording);
      if (taken) costs[name] = beyond(taken, bare, asked.metric);
    }
    return { ...asked, bare: summary(bare.map((sample) => sample[asked.metric])), costs };
  });

  const row = (label, cell) => [label, ...columns.map((column) => cell(column))];
  const ratio = ({ costs }, to) => costs.throughline.value / costs[to].value;
  const ratioRow = (to) =>
    row(`throughline / ${labels[to]}`, (column) =>
      column.costs[to] ? times(ratio(column, to)) : '',
    );
  console.log(
    table([
      row('µs per fetch', ({ what }) => what),
      row('plain page', ({ bare }) => withSpread(bare)),
      ['beyond it:'],
      ...Object.keys(labels).map((name) =>
        row(`  ${labels[name]}`, ({ costs }) => (costs[name] ? withSpread(costs[name]) : '')),
      ),
      ratioRow('floor-recording'),
      ratioRow('sentry-tracing'),
      ratioRow('sentry'),
      row('bound', ({ bound }) => times(bound)),
    ]),
  );
  console.log();
  return judge(columns.map((column) => ({ ...column, ratio: ratio(column, 'sentry') })));
}

/** @returns whether the bounds hold. */
export async function request() {
  let holds = false;
  await withPages(entries, async (opened) => {
    const taken = await interleave(opened, ROUNDS, sampleRequests);
    const samples = new Map(entries.map((entry, i) => [entry, taken.get(opened[i])]));
    console.log(`${taken.get(opened[0]).length} rounds; ± is half of the middle half's width.\n`);
    holds = show(samples);
  });
  return holds;
}
