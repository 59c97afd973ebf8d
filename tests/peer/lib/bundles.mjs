// The script of each side, for a page.
import { build } from 'esbuild';

import { at } from '../../../.ci/lib/paths.mjs';

/** @returns {Promise<string>} a script that leaves the SDK in `globalThis.sdk` */
export async function bundle(name) {
  const { outputFiles } = await build({
    absWorkingDir: at(),
    entryPoints: [`tests/peer/sdk/${name}.js`],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: { __SENTRY_DEBUG__: 'false' },
  });
  return outputFiles[0].text;
}
