// The tables of tests/cases as a seed: every text that stands in the `in` of a case.
import { readFileSync } from 'node:fs';

const tables = new URL('../cases/', import.meta.url);

function* textsIn(value) {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value?.utf16)) yield String.fromCharCode(...value.utf16);
  else if (value !== null && typeof value === 'object') {
    for (const part of Object.values(value)) yield* textsIn(part);
  }
}

/** The cases of a table. */
export const casesOf = (kind) =>
  JSON.parse(readFileSync(new URL(`${kind}.json`, tables), 'utf8')).cases;

/** @param kinds names of tables. */
export function corpusOf(...kinds) {
  const texts = new Set();
  for (const kind of kinds) {
    for (const { in: given } of casesOf(kind)) for (const text of textsIn(given)) texts.add(text);
  }
  return [...texts];
}
