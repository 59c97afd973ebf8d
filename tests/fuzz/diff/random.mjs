// Randomness that a seed repeats (mulberry32).

export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const random = {
    /** In [0, 1). */
    real: () => next() / 2 ** 32,
    below: (count) => next() % count,
    /** A whole number from `from` to `to`, both included. */
    between: (from, to) => from + (next() % (to - from + 1)),
    chance: (probability) => next() < probability * 2 ** 32,
    of: (list) => list[next() % list.length],
    times: (from, to, make) => Array.from({ length: random.between(from, to) }, () => make()),
    text: (alphabet, from, to) => random.times(from, to, () => random.of(alphabet)).join(''),
    /** One of several makers: `[[weight, make], ...]`. */
    choose(weighted) {
      let left = random.real() * weighted.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, make] of weighted) {
        left -= weight;
        if (left < 0) return make();
      }
      return weighted.at(-1)[1]();
    },
  };
  return random;
}
