// One sample of what requests cost on one page, and the proof that they did what they should.
import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../../../.ci/lib/command.mjs';
import { contenders } from './contenders.mjs';
import { fasterHalf } from './statistics.mjs';

/** Requests made in one go, whose answers are awaited before the next go: a page's burst. */
const BURST = 25;
const BURSTS = 2;
/** How long the root stays open after the last answer: contenders collect resource timings. */
const SETTLE_MS = 50;
/** What tidies up after sending. */
const TAIL_MS = 30;
const DELIVERY_MS = 30_000;

const REQUESTS = BURST * BURSTS;

/** Runs in the page. @returns milliseconds that each fetch() call took until it returned. */
async function makeRequests({ data, label, burst, bursts, settleMs, root }) {
  const times = [];
  const work = async () => {
    for (let i = 0; i < bursts; i++) {
      // Every URL is new, as with ids and queries; joined, they are flat before the clock starts.
      const urls = Array.from({ length: burst }, (_, j) =>
        [data, 'items', `${label}-${i}-${j}?page=3`].join('/'),
      );
      const answers = [];
      for (const url of urls) {
        const start = performance.now();
        answers.push(fetch(url));
        times.push(performance.now() - start);
      }
      await Promise.all(answers.map(async (answer) => (await answer).text()));
    }
    await new Promise((resolve) => setTimeout(resolve, settleMs));
  };
  await (root ? globalThis.contender.inRoot(work) : work());
  return times;
}

/** @throws {Failure} when headers or records are missing, or there are some where none belong. */
function verify({ name, recording }, { requests, spanIds }) {
  const { attaches, records } = contenders[name];
  const what = `bench: ${name}${recording ? '' : ' without a sample rate'}`;
  const traced = requests.filter(({ spanId, hasBaggage }) => spanId && hasBaggage);
  if (requests.length !== REQUESTS || traced.length !== (attaches ? REQUESTS : 0)) {
    throw new Failure(
      `${what}: ${REQUESTS} requests were made, ${requests.length} arrived, ` +
        `${traced.length} of them with sentry-trace and baggage.`,
    );
  }
  const wanted = records && recording ? traced.map(({ spanId }) => spanId) : [];
  const told = new Set(spanIds);
  const missing = wanted.filter((spanId) => !told.has(spanId));
  if (missing.length > 0 || spanIds.length !== wanted.length) {
    throw new Failure(
      `${what}: the envelopes hold ${spanIds.length} requests instead of ${wanted.length}; ` +
        `${missing.length} that arrived are not among them.`,
    );
  }
  if (wanted.length > 0 && traced.some(({ sampled }) => sampled !== '1')) {
    throw new Failure(`${what}: some requests do not say that their trace is sampled.`);
  }
}

/**
 * Makes 50 requests on an opened entry, in a root span when it records.
 *
 * `untilReturn` is the time of one fetch() call, the mean of the faster half: a call in which
 * another process got the processor takes a hundred times as long and says nothing about ours.
 * `cpu` is all that the main thread did per request until the records had been delivered. Both in
 * microseconds.
 */
export async function sampleRequests(entry, label) {
  const { name, recording, evaluate, data, inbox, metrics } = entry;
  inbox.take();
  const before = await metrics();
  const times = await evaluate(makeRequests, {
    data,
    label,
    burst: BURST,
    bursts: BURSTS,
    settleMs: SETTLE_MS,
    root: recording,
  });
  if (recording && contenders[name].records && !(await inbox.holds(1, DELIVERY_MS))) {
    throw new Failure(`bench: ${name} sent no envelope for its root span.`);
  }
  await sleep(TAIL_MS);
  const after = await metrics();
  verify(entry, inbox.take());
  return {
    untilReturn: fasterHalf(times) * 1000,
    cpu: (after.task - before.task) / REQUESTS,
  };
}
