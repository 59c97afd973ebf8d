// One rolled declaration file per entry, in the two names that the two module systems look for. Imports
// packages: only after set-up.
import { readFileSync, writeFileSync } from 'node:fs';

import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

import { sourceOf } from './entries.mjs';
import { at, exists } from './paths.mjs';

/** Types of the main entries stay there (.ci/lib/bundle.mjs). */
const mainEntry = {
  name: 'main entry',
  resolveId(source) {
    const [, name] = /^(?:\.|\.\.|\.\.\/\.\.)\/(index|node)(?:\/index)?\.js$/.exec(source) ?? [];
    return name && { id: `./${name}.mjs`, external: true };
  },
};

/** @param name of the entry */
export async function rollTypes(name) {
  const source = sourceOf(name);
  const [folder] = /^js\/\w+(?=\/)/.exec(source) ?? ['js'];
  const project = exists(`${folder}/tsconfig.json`) ? folder : 'js';
  const rolled = await rollup({
    input: at(source),
    external: /^node:/,
    plugins: [mainEntry, dts({ tsconfig: at(project, 'tsconfig.json') })],
  });
  await rolled.write({ file: at(`dist/${name}.d.mts`), format: 'es' });
  await rolled.close();
  const text = readFileSync(at(`dist/${name}.d.mts`), 'utf8');
  writeFileSync(at(`dist/${name}.d.cts`), text.replaceAll(/'\.\/(\w+)\.mjs'/g, "'./$1.cjs'"));
}
