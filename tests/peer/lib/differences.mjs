// Two transcripts, member by member.

const isObject = (value) => value !== null && typeof value === 'object';

/** By path, `[ours, theirs]`; what is missing on a side is undefined. */
export function differencesOf(ours, theirs, path = '', differences = new Map()) {
  if (isObject(ours) && isObject(theirs) && Array.isArray(ours) === Array.isArray(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      differencesOf(ours[key], theirs[key], path ? `${path} ${key}` : key, differences);
    }
  } else if (ours !== theirs) {
    differences.set(path, [ours, theirs]);
  }
  return differences;
}

/** Expected of a value: at least these members. */
export const like = (members) => ({ like: members });

const holds = (value, expected) => {
  if (expected?.like) {
    return isObject(value) && Object.entries(expected.like).every(([k, v]) => holds(value[k], v));
  }
  return JSON.stringify(value) === JSON.stringify(expected);
};

/**
 * Takes out of `differences` what `expected` (`path: [ours, theirs]`) says.
 *
 * @returns the paths of `expected` that do not show up like that
 */
export function explain(differences, expected) {
  const missing = [];
  for (const [path, [ours, theirs]] of Object.entries(expected)) {
    const found = differences.get(path);
    if (found && holds(found[0], ours) && holds(found[1], theirs)) differences.delete(path);
    else missing.push(path);
  }
  return missing;
}
