// `npm run bench -- navigation`: what a change of route costs a page that makes one request on it.
import { Failure } from '../../.ci/lib/command.mjs';
import { contenders } from './lib/contenders.mjs';
import { withPages } from './lib/pages.mjs';
import { report } from './lib/report.mjs';
import { interleave } from './lib/rounds.mjs';
import { fasterHalf } from './lib/statistics.mjs';

const ROUNDS = { most: 15, seconds: 60 };
const DELIVERY_MS = 30_000;
const ROUTES = 20;
/** On each route: the peer loses envelopes when many are under way. */
const STAY_MS = 30;

/** Of the peer's cost. Each route sends the transaction of the one before, most of what it costs. */
const BOUNDS = { untilReturn: 0.75, cpu: 0.75 };

const entries = ['plain', 'throughline', 'sentry-tracing', 'sentry'].map((name) => ({
  name,
  recording: true,
}));

/** Runs in the page. @returns milliseconds that each pushState() took until it returned */
async function visitRoutes({ data, label, routes, stayMs }) {
  const times = [];
  for (let i = 0; i < routes; i++) {
    const url = ['', 'routes', `${label}-${i}`].join('/');
    // Who goes there by themselves; without it, it would be a redirect.
    document.body.click();
    const start = performance.now();
    history.pushState(null, '', url);
    times.push(performance.now() - start);
    await (await fetch(`${data}/${label}-${i}`)).text();
    await new Promise((resolve) => setTimeout(resolve, stayMs));
  }
  return times;
}

/** @returns microseconds per route */
async function sample({ name, evaluate, data, inbox, metrics }, label) {
  inbox.take();
  const before = await metrics();
  const times = await evaluate(visitRoutes, {
    data,
    label,
    routes: ROUTES,
    stayMs: STAY_MS,
  });
  const wanted = contenders[name].records ? ROUTES : 0;
  // The last one is idle for a while before it is sent.
  if (!(await inbox.holds(wanted, DELIVERY_MS))) {
    throw new Failure(
      `bench: ${name} sent ${inbox.transactions.length} transactions for ${ROUTES} routes.`,
    );
  }
  const after = await metrics();
  const { requests, spanIds } = inbox.take();
  const told = new Set(spanIds);
  const found = requests.filter(({ spanId }) => told.has(spanId)).length;
  if (requests.length !== ROUTES || found !== wanted) {
    throw new Failure(`bench: ${name} told of ${found} of the ${requests.length} requests.`);
  }
  return {
    untilReturn: fasterHalf(times) * 1000,
    cpu: (after.task - before.task) / ROUTES,
  };
}

/** @returns whether the bounds hold. */
export async function navigation() {
  let samples;
  await withPages(entries, async (opened) => {
    samples = await interleave(opened, ROUNDS, sample);
  });
  const [[, bare], ...others] = samples;
  return report(
    'µs per route',
    [
      { what: 'until pushState() returns', metric: 'untilReturn' },
      { what: 'all main-thread CPU', metric: 'cpu' },
    ].map(({ what, metric }) => ({
      what,
      bound: BOUNDS[metric],
      bare: bare.map((taken) => taken[metric]),
      taken: Object.fromEntries(
        others.map(([{ name }, list]) => [name, list.map((taken) => taken[metric])]),
      ),
    })),
  );
}
