/** A wall clock that was set by more than this since the page started is not believed. */
const PLAUSIBLE_MS = 300_000;

let cachedOrigin: number | undefined;

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
  const clock = globalThis.performance as Performance | undefined;
  if (!clock?.now) return undefined;
  const byClock = Date.now() - clock.now();
  const timing = clock.timing as PerformanceTiming | undefined;
  for (const origin of [clock.timeOrigin, timing?.navigationStart]) {
    if (origin && Math.abs(origin - byClock) < PLAUSIBLE_MS) return origin;
  }
  return byClock;
}

/** Span time: monotonic within the page, milliseconds since the Unix epoch. */
export function now(): number {
  const origin = timeOrigin();
  return origin === undefined ? Date.now() : origin + performance.now();
}
