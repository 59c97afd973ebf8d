// One rolled declaration file, in the two names that the two module systems look for. Imports
// packages: only after set-up.
import { copyFileSync } from 'node:fs';

import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

import { at } from './paths.mjs';

export async function rollTypes() {
  const rolled = await rollup({
    input: at('js/index.ts'),
    plugins: [dts({ tsconfig: at('js/tsconfig.json') })],
  });
  await rolled.write({ file: at('dist/index.d.mts'), format: 'es' });
  await rolled.close();
  copyFileSync(at('dist/index.d.mts'), at('dist/index.d.cts'));
}
