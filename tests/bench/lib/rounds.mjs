// Interleaving: every round takes one sample of each entry, in an order of its own. What slows the
// machine down for a while then slows all of them down.
import { Failure } from '../../../.ci/lib/command.mjs';
import { shuffled } from './statistics.mjs';

const WARM_UP = 1;
const FEWEST = 4;
const PATIENCE = 5;

/**
 * @param options.most    rounds that count, unless time runs out earlier
 * @param options.seconds for all of them; a busy machine gets fewer rounds, but never below four,
 *   for which it may take five times as long
 * @param sample          takes an entry and the round's label; answers one number per metric
 * @returns the samples, by entry, those of one round at the same index
 */
export async function interleave(entries, { most, seconds }, sample) {
  const start = Date.now();
  const isOver = (limit) => Date.now() - start > limit * 1000;
  const samples = new Map(entries.map((entry) => [entry, []]));
  for (let round = -WARM_UP; round < most; round++) {
    if (round >= FEWEST && isOver(seconds)) break;
    for (const entry of shuffled(entries)) {
      if (round < FEWEST && isOver(PATIENCE * seconds)) {
        throw new Failure(`bench: no ${FEWEST} rounds in ${PATIENCE * seconds} s: too busy here.`);
      }
      const taken = await sample(entry, `r${round + WARM_UP}`);
      if (round >= 0) samples.get(entry).push(taken);
    }
  }
  return samples;
}
