// Who is measured, and what their pages load: each contender as one minified script, ours beside
// the script-tag bundle.
import { readFileSync } from 'node:fs';

import { build } from 'esbuild';

import { Failure } from '../../../.ci/lib/command.mjs';
import { at, exists } from '../../../.ci/lib/paths.mjs';

/**
 * By name of the file in `contenders/`.
 *
 * - `attaches`: its requests carry trace headers
 * - `records`: with a sample rate, it tells the receiver about every request
 * - `tracesPage`: ... and about the page load
 */
export const contenders = {
  plain: {},
  floor: { attaches: true },
  'floor-recording': { attaches: true, records: true },
  throughline: { attaches: true, records: true, tracesPage: true },
  sentry: { attaches: true, records: true, tracesPage: true },
  'sentry-tracing': { attaches: true, records: true, tracesPage: true },
};

const OURS = 'dist/throughline.min.js';

async function bundle(name) {
  const { outputFiles } = await build({
    absWorkingDir: at(),
    entryPoints: [`tests/bench/contenders/${name}.js`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    logLevel: 'warning',
    // What the peer's documentation recommends for production.
    define: { __SENTRY_DEBUG__: 'false' },
  });
  return outputFiles[0].text;
}

/** @returns {Promise<string[]>} the texts of a contender's scripts, in order. */
export async function scriptsOf(name) {
  const own = await bundle(name);
  if (name !== 'throughline') return [own];
  if (!exists(OURS)) throw new Failure(`bench: ${OURS} is missing; run \`npm run build\`.`);
  return [readFileSync(at(OURS), 'utf8'), own];
}
