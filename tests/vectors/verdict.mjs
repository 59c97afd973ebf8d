// How a case went, in the words of run.mjs.
import { isDeepStrictEqual } from 'node:util';

export const skip = (reason) => ({ verdict: 'skip', detail: reason });

/** What the product does not have yet, as the reason of a skipped case. */
export const lacks = (name) => skip(`there is no ${name} yet`);

export function same(expected, got) {
  if (isDeepStrictEqual(got, expected)) return { verdict: 'pass', detail: '' };
  return {
    verdict: 'fail',
    detail: `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
  };
}

/** Tables compare random numbers with a tolerance of 2e-6. */
export const sameNumber = (a, b) => Math.abs(Number(a) - Number(b)) <= 2e-6;

/** `got` with the expected text of `sample_rand` where the number is the same. */
export function withinTolerance(expected, got) {
  const wanted = expected?.sample_rand;
  if (!got || wanted === undefined || !sameNumber(wanted, got.sample_rand)) return got;
  return { ...got, sample_rand: wanted };
}

/** The parts of trace data that tables speak of. */
export function partsOf(headers) {
  const [traceId, spanId, flag = null] = (headers['sentry-trace'] ?? '').split('-');
  const members = (headers.baggage ?? '').split(',').map((member) => member.trim().split('='));
  const ours = members.filter(([key]) => key.startsWith('sentry-'));
  const dsc =
    ours.length === 0
      ? null
      : Object.fromEntries(
          ours.map(([key, value]) => [key.slice('sentry-'.length), decodeURIComponent(value)]),
        );
  return { traceId, spanId, flag, dsc };
}
