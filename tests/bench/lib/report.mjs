// How results are shown and judged.
import { availableParallelism, loadavg } from 'node:os';

import { median, quantile } from './statistics.mjs';

const PEERS = ['floor-recording', 'sentry-tracing', 'sentry'];
const OURS = 'throughline';
/** The one that the bounds of design.md section 5 refer to. */
const PEER = 'sentry';

const figure = (value) => value.toFixed(Math.abs(value) < 99.5 ? 1 : 0);
const times = (ratio) => (Number.isNaN(ratio) ? '–' : `${ratio.toFixed(ratio < 10 ? 2 : 0)}x`);

/** Half of the middle half's width says how far rounds lie apart. */
function withSpread(values) {
  const spread = (quantile(values, 0.75) - quantile(values, 0.25)) / 2;
  return `${figure(median(values))} ±${figure(spread)}`;
}

/** Aligned columns: the first to the left, all others to the right. */
function table(rows) {
  const width = (column) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = rows[0].map((_, column) => width(column));
  const line = (row) =>
    widths.map((wide, column) =>
      column === 0 ? row[column].padEnd(wide) : (row[column] ?? '').padStart(wide),
    );
  return rows.map((row) => line(row).join('   ').trimEnd()).join('\n');
}

/** How busy the machine is, which decides how far the figures can be trusted. */
function circumstances(rounds) {
  const wanting = loadavg()[0];
  const processors = availableParallelism();
  const warning = wanting > 2 * processors ? ': TOO BUSY, repeat on a quieter machine' : '';
  return `${rounds} rounds; ${figure(wanting)} processes want ${processors} processors${warning}.`;
}

/**
 * Not a number when noise swallowed the contender that is compared with.
 *
 * @param floor whose cost nobody gets around; none counts for itself
 */
function ratioTo(peer, costs, floor) {
  const costOf = (name) => (costs[name] ? median(costs[name]) : 0);
  const theirs = costOf(peer) - costOf(floor);
  return theirs > 0 ? (costOf(OURS) - costOf(floor)) / theirs : NaN;
}

/**
 * Prints one table, with a column per metric, and one line per bound.
 *
 * @param columns `what` is measured; `bare` has the plain page's figure of each round; `taken` has
 *   those of the contenders, by name; `bound` limits our share of the peer's cost, of both only what
 *   is beyond the contender `floor` if that is given.
 * @returns whether all bounds hold
 */
export function report(unit, columns) {
  const judged = columns.map(({ bare, taken, ...rest }) => ({
    ...rest,
    bare,
    costs: Object.fromEntries(
      Object.entries(taken).map(([name, values]) => [
        name,
        values.map((value, round) => value - bare[round]),
      ]),
    ),
  }));
  const names = [...new Set(judged.flatMap(({ costs }) => Object.keys(costs)))];
  const row = (label, cell) => [label, ...judged.map(cell)];
  const compared = PEERS.filter((peer) => names.includes(peer));

  console.log(`\n${circumstances(judged[0].bare.length)} Medians; ± half of the middle half.\n`);
  console.log(
    table([
      row(unit, ({ what }) => what),
      row('plain page', ({ bare }) => withSpread(bare)),
      ['beyond it:'],
      ...names.map((name) =>
        row(`  ${name}`, ({ costs }) => (costs[name] ? withSpread(costs[name]) : '')),
      ),
      ...compared.map((peer) =>
        row(`${OURS} / ${peer}`, ({ costs }) => times(ratioTo(peer, costs))),
      ),
    ]),
  );

  console.log();
  let allHold = true;
  for (const column of judged) {
    const { what, costs, floor, bound } = column;
    const ratio = ratioTo(PEER, costs, floor);
    const holds = ratio <= bound;
    allHold &&= holds;
    console.log(
      `${holds ? 'ok  ' : 'OVER'}  ${what}: ${times(ratio)} of ${PEER}` +
        `${floor ? `, both beyond ${floor}` : ''}, bound ${times(bound)}`,
    );
  }
  return allHold;
}
