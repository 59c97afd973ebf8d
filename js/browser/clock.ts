/** A wall clock that was set by more than this since the page started is not believed. */
const PLAUSIBLE_MS = 300_000;

let cachedOrigin: number | undefined;
// Every look at `performance` asks the window for it: more than reading the clock costs.
let clock: Performance | undefined;

/**
 * Milliseconds since the Unix epoch at which the document started to load.
 *
 * Spec: lifecycle.md section 3, "Time origin".
 */
export function timeOrigin(): number | undefined {
  cachedOrigin ??= findOrigin();
  return cachedOrigin;
}

function findOrigin(): number | undefined {
  const found = globalThis.performance as Performance | undefined;
  clock = found;
  if (!found?.now) return undefined;
  const byClock = Date.now() - found.now();
  const timing = found.timing as PerformanceTiming | undefined;
  for (const origin of [found.timeOrigin, timing?.navigationStart]) {
    if (origin && Math.abs(origin - byClock) < PLAUSIBLE_MS) return origin;
  }
  return byClock;
}

/** Span time: monotonic within the page, milliseconds since the Unix epoch. */
export function now(): number {
  const origin = timeOrigin();
  return origin === undefined ? Date.now() : origin + clock!.now();
}
