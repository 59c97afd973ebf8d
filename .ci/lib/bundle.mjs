// The files of dist/ from the shim's sources. Imports packages: only after set-up.
import { build } from 'esbuild';

import { at } from './paths.mjs';

const common = {
  absWorkingDir: at(),
  bundle: true,
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
  // The default, `ascii`, said aloud: the file must not depend on the charset it is served with.
  charset: 'ascii',
  // Fields are assigned, not defined, which ES2020 could only do with a helper. It is the same
  // where no class has setters or a parent.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
};

// Emscripten's glue mentions it; outside of a module it would be a syntax error.
const noImportMeta = { 'import.meta.url': 'undefined' };

// Private properties of the shim end in an underscore, raw exports of the core begin with tl_, and
// the glue hands them out from within the bundle; nobody outside names either.
const mangleProps = /_$|^tl_/;

/** Minified for good: what a page loads by itself, and what sizes are measured on. */
export const smallest = {
  ...common,
  minify: true,
  mangleProps,
};

/** The script a page loads with a tag: an IIFE that sets the global itself. */
export const script = {
  ...smallest,
  entryPoints: ['js/script.ts'],
  outfile: 'dist/throughline.min.js',
  format: 'iife',
  platform: 'browser',
  define: noImportMeta,
};

// Names and lines stay readable: the application's own bundler minifies.
const npm = { ...common, platform: 'neutral', minifySyntax: true, mangleProps };

/** One entry of the package for both module systems. */
const entry = (name) => {
  const options = { ...npm, entryPoints: [`js/${name}.ts`] };
  return [
    { ...options, outfile: `dist/${name}.mjs`, format: 'esm' },
    { ...options, outfile: `dist/${name}.cjs`, format: 'cjs', define: noImportMeta },
  ];
};

/** The package's entries for `import` and `require`: js/<name>.ts. */
export const entries = ['index', 'propagation'];

export async function bundle() {
  await Promise.all([script, ...entries.flatMap(entry)].map((options) => build(options)));
}
