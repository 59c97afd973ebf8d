// `npm run bench -- span`: what a span of the application costs, until its root was delivered.
import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../../.ci/lib/command.mjs';
import { contenders } from './lib/contenders.mjs';
import { withPages } from './lib/pages.mjs';
import { report } from './lib/report.mjs';
import { interleave } from './lib/rounds.mjs';

const ROUNDS = { most: 50, seconds: 60 };
const DELIVERY_MS = 30_000;
/** What tidies up after sending. */
const TAIL_MS = 30;
/** As many as a transaction holds. */
const SPANS = 1000;
/** Bound: design.md section 5. */
const BOUND = 0.5;

const entries = ['plain', 'floor-recording', 'throughline', 'sentry-tracing', 'sentry'].map(
  (name) => ({ name, recording: true }),
);

/** Runs in the page. */
async function makeSpans(count) {
  await globalThis.contender.inRoot(() => {
    for (let i = 0; i < count; i++) {
      globalThis.contender.span({ name: 'step', op: 'task', attributes: { 'step.number': i } });
    }
  });
}

/** @returns microseconds of the main thread per span, creating to delivering. */
async function sample({ name, evaluate, inbox, metrics }) {
  inbox.take();
  const before = await metrics();
  await evaluate(makeSpans, SPANS);
  const { records } = contenders[name];
  if (records && !(await inbox.holds(1, DELIVERY_MS))) {
    throw new Failure(`bench: ${name} sent no envelope for its root span.`);
  }
  await sleep(TAIL_MS);
  const after = await metrics();
  const { spanCounts } = inbox.take();
  if (spanCounts.join() !== (records ? String(SPANS) : '')) {
    throw new Failure(`bench: ${name} told of ${spanCounts.join() || 'no'} spans, not ${SPANS}.`);
  }
  return (after.task - before.task) / SPANS;
}

/** @returns whether the bound holds. */
export async function span() {
  let samples;
  await withPages(entries, async (opened) => {
    samples = await interleave(opened, ROUNDS, sample);
  });
  const taken = Object.fromEntries([...samples].map(([{ name }, list]) => [name, list]));
  const { plain: bare, ...others } = taken;
  return report('µs per span', [
    { what: 'created, ended, delivered', bound: BOUND, bare, taken: others },
  ]);
}
