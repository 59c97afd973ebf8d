// Two transcripts, leaf by leaf.

function* leaves(value, path = '') {
  if (value === null || typeof value !== 'object') {
    if (value !== undefined) yield [path, value];
    return;
  }
  // Empty ones count; a list of spans is always there.
  yield [`${path}${Array.isArray(value) ? '[]' : '{}'}`, Object.keys(value).length];
  for (const [key, member] of Object.entries(value)) {
    yield* leaves(member, path ? `${path} ${key}` : key);
  }
}

/** By path, `[ours, theirs]`; what is missing on a side is undefined. */
export function differencesOf(ours, theirs) {
  const mine = new Map(leaves(ours));
  const other = new Map(leaves(theirs));
  const differences = new Map();
  for (const path of new Set([...mine.keys(), ...other.keys()])) {
    const pair = [mine.get(path), other.get(path)];
    // How many members there are says nothing that the members do not say.
    if (path.endsWith('{}') && pair[0] !== undefined && pair[1] !== undefined) continue;
    if (pair[0] !== pair[1]) differences.set(path, pair);
  }
  return differences;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Takes out of `differences` what `expected` (`path: [ours, theirs]`) says.
 *
 * @returns the paths of `expected` that do not show up like that
 */
export function explain(differences, expected) {
  const missing = [];
  for (const [path, pair] of Object.entries(expected)) {
    const found = differences.get(path);
    if (found && same(found, pair)) differences.delete(path);
    else missing.push(path);
  }
  return missing;
}
