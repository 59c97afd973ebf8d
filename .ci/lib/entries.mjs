// Which source an entry of the package is made of.
import { exists } from './paths.mjs';

/**
 * @param name `next-config`: one of these
 * @returns js/next-config.ts, js/next-config/index.ts, js/next/config.ts, js/next/config/index.ts
 */
export function sourceOf(name) {
  const found = [name, name.replace('-', '/')]
    .flatMap((path) => [`js/${path}.ts`, `js/${path}/index.ts`])
    .find((path) => exists(path));
  if (!found) throw new Error(`there is no source of the entry ${name}`);
  return found;
}
