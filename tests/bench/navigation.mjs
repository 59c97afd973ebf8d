// `npm run bench -- navigation`: what a change of URL costs, which ends a route and begins another.
import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../../.ci/lib/command.mjs';
import { contenders } from './lib/contenders.mjs';
import { withPages } from './lib/pages.mjs';
import { report } from './lib/report.mjs';
import { interleave } from './lib/rounds.mjs';
import { fasterHalf } from './lib/statistics.mjs';

const ROUNDS = { most: 12, seconds: 60 };
const DELIVERY_MS = 30_000;
const TAIL_MS = 30;
/** Fewer than the peer may have under way at once. */
const ROUTES = 20;
/** The design has none for navigations: that of manual spans. */
const BOUND = 0.5;

const entries = ['plain', 'floor-recording', 'throughline', 'sentry-tracing', 'sentry'].map(
  (name) => ({ name, recording: true }),
);

/** Runs in the page. @returns milliseconds that each `pushState` took until it returned. */
async function navigate({ label, count }) {
  const times = [];
  for (let i = 0; i < count; i++) {
    // Without one it is a redirect.
    document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    const url = `?${label}-${i}`;
    const start = performance.now();
    history.pushState(null, '', url);
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

/** Figures per navigation, in microseconds, as `sampleRequests` has them. */
async function sample({ name, page, inbox, metrics }, label) {
  inbox.take();
  const before = await metrics();
  const times = await page.evaluate(navigate, { label, count: ROUTES });
  const { records } = contenders[name];
  // The last one ends by itself a second later.
  if (records && !(await inbox.holds(ROUTES, DELIVERY_MS))) {
    throw new Failure(`bench: ${name} did not tell of ${ROUTES} navigations.`);
  }
  await sleep(TAIL_MS);
  const after = await metrics();
  const told = inbox.take().spanCounts.length;
  if (told !== (records ? ROUTES : 0)) {
    throw new Failure(`bench: ${name} told of ${told} navigations.`);
  }
  return { untilReturn: fasterHalf(times) * 1000, cpu: (after.task - before.task) / ROUTES };
}

/** @returns whether the bounds hold. */
export async function navigation() {
  let samples;
  await withPages(entries, async (opened) => {
    samples = await interleave(opened, ROUNDS, sample);
  });
  const column = (what, metric) => {
    const taken = Object.fromEntries(
      [...samples].map(([{ name }, list]) => [name, list.map((one) => one[metric])]),
    );
    const { plain: bare, ...others } = taken;
    return { what, bound: BOUND, bare, taken: others };
  };
  return report('µs per navigation', [
    column('until pushState() returns', 'untilReturn'),
    column('all main-thread CPU', 'cpu'),
  ]);
}
