// One rolled declaration file per entry, in the two names that the two module systems look for. Imports
// packages: only after set-up.
import { copyFileSync } from 'node:fs';

import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

import { at } from './paths.mjs';

/** @param name of the entry: js/<name>.ts */
export async function rollTypes(name) {
  const rolled = await rollup({
    input: at(`js/${name}.ts`),
    plugins: [dts({ tsconfig: at('js/tsconfig.json') })],
  });
  await rolled.write({ file: at(`dist/${name}.d.mts`), format: 'es' });
  await rolled.close();
  copyFileSync(at(`dist/${name}.d.mts`), at(`dist/${name}.d.cts`));
}
