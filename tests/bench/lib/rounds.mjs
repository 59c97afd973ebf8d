// Interleaving: every round takes one sample of each entry, in an order of its own. What slows the
// machine down for a while then slows all of them down.
import { shuffled } from './statistics.mjs';

const WARM_UP = 1;
const FEWEST = 4;

/**
 * @param options.most    rounds that count, unless time runs out earlier
 * @param options.seconds for all of them; a slow machine gets fewer rounds, but never below four
 * @param sample          takes an entry and the round's label; answers one number per metric
 * @returns the samples, by entry, those of one round at the same index
 */
export async function interleave(entries, { most, seconds }, sample) {
  const end = Date.now() + seconds * 1000;
  const samples = new Map(entries.map((entry) => [entry, []]));
  for (let round = -WARM_UP; round < most; round++) {
    if (round >= FEWEST && Date.now() > end) break;
    for (const entry of shuffled(entries)) {
      const taken = await sample(entry, `r${round + WARM_UP}`);
      if (round >= 0) samples.get(entry).push(taken);
    }
  }
  return samples;
}
