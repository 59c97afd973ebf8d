// Which names the package has today, from the types it ships.
import { readFileSync } from 'node:fs';

import { at } from '../../../.ci/lib/paths.mjs';

const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;

/** @returns a function that says which of some names of functions or options are not there */
export function openNeeds() {
  const types = readFileSync(at('dist/index.d.mts'), 'utf8').replace(COMMENTS, '');
  return (names) => names.filter((name) => !new RegExp(`\\b${name}\\b`).test(types));
}
