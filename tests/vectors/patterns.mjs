// Patterns of spans in tables.

/** A pattern as an application in `window` writes it. */
export const patternIn = (window) => (given) => {
  const patternOf = patternIn(window);
  if (typeof given !== 'object') return given;
  if (given.regex !== undefined) return new window.RegExp(given.regex, given.flags);
  const parts = Object.entries(given).map(([key, part]) => [
    key,
    key === 'attributes'
      ? Object.fromEntries(
          Object.entries(part).map(([name, value]) => [
            name,
            Array.isArray(value) ? value : patternOf(value),
          ]),
        )
      : patternOf(part),
  ]);
  return Object.fromEntries(parts);
};
