// `npm run bench -- request`: what a fetch costs in an open root span, and with headers only.
import { withPages } from './lib/pages.mjs';
import { report } from './lib/report.mjs';
import { sampleRequests } from './lib/requests.mjs';
import { interleave } from './lib/rounds.mjs';

const ROUNDS = { most: 120, seconds: 180 };

const entries = [
  ...['plain', 'floor', 'throughline', 'sentry'].map((name) => ({ name, recording: false })),
  ...['floor-recording', 'throughline', 'sentry-tracing', 'sentry'].map((name) => ({
    name,
    recording: true,
  })),
];

const isBare = ({ name }) => name === 'plain';
const hasHeadersOnly = (entry) => !isBare(entry) && !entry.recording;
const isRecording = ({ name, recording }) => recording || name === 'floor';

/**
 * Bounds: design.md section 5. They are for what a tracer adds to the least one: where the browser
 * alone takes as long for two more headers as here, that would be over the bound by itself.
 */
const METRICS = [
  { what: 'until fetch() returns', who: isRecording, metric: 'untilReturn', bound: 0.25 },
  { what: 'all main-thread CPU', who: isRecording, metric: 'cpu', bound: 0.3 },
  { what: 'headers only, until return', who: hasHeadersOnly, metric: 'untilReturn', bound: 0.2 },
];

/** @returns whether the bounds hold. */
export async function request() {
  let samples;
  await withPages(entries, async (opened) => {
    samples = await interleave(opened, ROUNDS, sampleRequests);
  });
  const all = [...samples];
  return report(
    'µs per fetch',
    METRICS.map(({ what, who, metric, bound }) => {
      const of = (wanted) =>
        all
          .filter(([entry]) => wanted(entry))
          .map(([{ name }, list]) => [name, list.map((sample) => sample[metric])]);
      const taken = Object.fromEntries(of(who));
      return { what, bound, floor: 'floor', bare: of(isBare)[0][1], taken };
    }),
  );
}
