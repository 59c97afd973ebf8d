/** The value below which the share `at` (0 to 1) of `values` lies, interpolated. */
export function quantile(values, at) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = at * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export const median = (values) => quantile(values, 0.5);

/** The mean of the lower half: not as coarse as a median where the clock is. */
export function fasterHalf(values) {
  const half = [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length / 2));
  return half.reduce((sum, value) => sum + value, 0) / half.length;
}

/** A new array in random order, so that no contender always follows the same one. */
export function shuffled(values) {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
