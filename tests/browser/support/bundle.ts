import { join } from 'node:path';

import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../../..');

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': '"production"',
      // Vue asks for these where it is bundled.
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  });
  return outputFiles[0]!.text;
}

const bundles = new Map<string, Promise<string>>();

/**
 * An application with its packages as one module, as it would be deployed; `throughline` is what
 * was built. Each is bundled once in a process, for all of its tests.
 */
export function bundleOf(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, known);
  return known;
}
