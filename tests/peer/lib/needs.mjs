// Which names the package has today, from the types it ships.
import { readFileSync } from 'node:fs';

import { at } from '../../../.ci/lib/paths.mjs';

const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;

/** @returns a function that says which of some names of functions or options are not there */
export function openNeeds() {
  const files = ['dist/index.d.mts', 'dist/errors.d.mts'];
  const types = files.map((file) => readFileSync(at(file), 'utf8').replace(COMMENTS, '')).join();
  return (names) => names.filter((name) => !new RegExp(`\\b${name}\\b`).test(types));
}
