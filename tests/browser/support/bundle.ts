import { join } from 'node:path';

import { build, type Plugin } from 'esbuild';

import { blockBelow } from './readme.js';

const ROOT = join(import.meta.dirname, '../../..');

/** `readme:Heading` is the code block below that heading of the README, as a reader copies it. */
const readme: Plugin = {
  name: 'readme',
  setup(bundler) {
    bundler.onResolve({ filter: /^readme:/ }, ({ path }) => ({
      path: path.slice('readme:'.length),
      namespace: 'readme',
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'readme' }, ({ path }) => ({
      contents: blockBelow(path),
      resolveDir: ROOT,
    }));
  },
};

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    plugins: [readme],
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
