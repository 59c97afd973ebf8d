// How results are shown and judged.

/** Two digits that mean something, whatever the size. */
export const figure = (value) => value.toFixed(Math.abs(value) < 99.5 ? 1 : 0);

export const withSpread = ({ value, spread }) => `${figure(value)} ±${figure(spread)}`;

export const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 2 : 0)}x`;

/** Rows of texts with aligned columns: the first to the left, all others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      widths
        .map((width, column) => {
          const text = row[column] ?? '';
          return column === 0 ? text.padEnd(width) : text.padStart(width);
        })
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Prints one line per bound.
 *
 * @param bounds `what`, `ratio` to the peer, `bound`
 * @returns whether all of them hold
 */
export function judge(bounds) {
  for (const { what, ratio, bound } of bounds) {
    const verdict = ratio <= bound ? 'ok  ' : 'OVER';
    console.log(`${verdict}  ${what}: ${times(ratio)} sentry, bound ${times(bound)}`);
  }
  return bounds.every(({ ratio, bound }) => ratio <= bound);
}
