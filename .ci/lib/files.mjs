import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { at, exists } from './paths.mjs';

/** Leaves a file that already has this content untouched, so that nothing after it runs again. */
export function writeIfChanged(path, content) {
  if (exists(path) && readFileSync(at(path), 'utf8') === content) return;
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

/** @returns all files below a folder whose names match, sorted, as paths from the root. */
export function filesBelow(folder, pattern) {
  if (!exists(folder)) return [];
  return readdirSync(at(folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, pattern);
      return pattern.test(entry.name) ? [path] : [];
    })
    .sort();
}

export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(at(path)))
      .update('\0');
  return hash.digest('hex');
}
