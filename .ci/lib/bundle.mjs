// The files of dist/ from the shim's sources. Imports packages: only after set-up.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { minify } from '@swc/core';
import { build } from 'esbuild';

import { sourceOf } from './entries.mjs';
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

/**
 * The glue of a core hands out its raw exports one by one, under their names in the sources. Where
 * names are mangled anyway, they are those that the exports have in the module, and all are handed
 * out as they are: 0.15 KB brotli of the script tag.
 *
 * @returns what a build whose entry brings that core needs beside its options
 */
function exportsOf(core) {
  const path = `js/generated/${core}-glue.mjs`;
  const glue = readFileSync(at(path), 'utf8');
  const [list, members] = /Module\.raw=\{([^}]*)\}/.exec(glue) ?? [];
  const letters = new Map();
  for (const [, name, letter] of glue.matchAll(/\b(\w+)[:=]asm\["([^"]+)"\]/g)) {
    letters.set(name, letter);
  }
  const names = (members ?? '').split(',').map((member) => member.split(':'));
  const mangleCache = Object.fromEntries(
    names.map(([name, value]) => [name, letters.get(name) ?? letters.get(value)]),
  );
  // As emcc 3.1.6 writes it; what another version writes is left as it is.
  if (Object.values(mangleCache).includes(undefined)) return {};
  const contents = glue.replace(list, 'Module.raw=asm').replace(/_tl_\w+=asm\["[^"]+"\];/g, '');
  const plugin = {
    name: `exports of ${core}`,
    setup({ onLoad }) {
      onLoad({ filter: new RegExp(`${core}-glue\\.mjs$`) }, () => ({ contents }));
    },
  };
  return { mangleCache, plugins: [plugin] };
}

/** The script a page loads with a tag: an IIFE that sets the global itself. */
const script = {
  ...common,
  mangleProps,
  entryPoints: ['js/script.ts'],
  format: 'iife',
  platform: 'browser',
  define: noImportMeta,
  write: false,
};

/**
 * The global of the script as a plain object: the bundler makes a getter of each member, which
 * nobody needs who sees it only once all is defined (0.17 KB brotli).
 */
function withPlainGlobal(text) {
  const getters = /__export\(index_exports, \{([^}]*)\}\);\n/;
  const [, members] = getters.exec(text);
  const all = members.replaceAll('() => ', '');
  const marker = '// js/script.ts\n';
  if (text.split(marker).length !== 2) throw new Error('the bundle of the script looks different');
  return text
    .replace(getters, '')
    .replace(marker, `${marker}Object.assign(index_exports, {${all}});\n`);
}

/** Stands for the text of the core until the script is minified. */
const PACKED = '__PACKED__';

/**
 * The bundle with the text of the core as its last word, handed in to the function that it is:
 * between the code it costs 0.05 KB brotli more.
 *
 * @returns the bundle, where PACKED stands for that text, and the text
 */
function withTextLast(bundle) {
  const [literal] = /(?<=\btext: )"[^"]*"/.exec(bundle);
  const text = bundle
    .replace(literal, () => 'packed')
    .replace('(() => {', '((packed) => {')
    .replace(/\}\)\(\);\s*$/, () => `})(${PACKED});`);
  return { text, literal };
}

/**
 * Ways to say the same, of which none is always the shortest: a line changed elsewhere moves each of
 * them by up to 0.3 KB brotli.
 */
const WAYS = [
  { passes: 2 },
  { passes: 3 },
  { passes: 2, collapse_vars: false },
  { passes: 3, collapse_vars: false },
].flatMap((way) => [
  way,
  { ...way, comparisons: false },
  { ...way, conditionals: false },
  { ...way, negate_iife: false },
]);

const brotliBytes = (text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/**
 * Asks V8 to compile all functions while the script arrives, beside the main thread, and not each on
 * its first call: a third less script CPU of the page for 105 KiB of heap and 20 bytes. Has to stand
 * first; others take it for a comment.
 *
 * Source: V8, "Giving V8 a Heads-Up: Faster JavaScript Startup with Explicit Compile Hints".
 */
const COMPILED_WHEN_LOADED = '//# allFunctionsCalledOnLoad\n';

/**
 * One script, bundled and minified. The last step is another tool's: its text is 0.6 KB brotli
 * smaller than that of the bundler's own minifier.
 *
 * @param change is done to the bundle before that step; answers its text, and what PACKED in it is
 * @param head   stands before the result
 * @returns the text
 */
async function smallest(options, change = (text) => ({ text }), head = '') {
  const { outputFiles } = await build(options);
  const { text, literal } = change(outputFiles[0].text);
  let best;
  for (const way of WAYS) {
    const { code } = await minify(text, {
      ecma: 2020,
      compress: { ...way, toplevel: true, hoist_vars: true },
      mangle: { topLevel: true },
      // As with `charset` above.
      format: { ascii_only: true, comments: false },
    });
    const whole = head + code.replace(PACKED, () => literal);
    const bytes = brotliBytes(whole);
    if (!best || bytes < best.bytes) best = { whole, bytes };
  }
  return best.whole;
}

// Names and lines stay readable: the application's own bundler minifies.
const npm = { ...common, platform: 'neutral', minifySyntax: true, mangleProps };

/** How a file of the shim names the main entry, and the one of servers. */
const MAIN = /^(\.|\.\.|\.\.\/\.\.)\/index\.js$/;
const NODE = /^\.\.\/node\/index\.js$/;

/** Entries beside the main one leave it out: it is imported, so that there is one client. */
const mainIs = (file) => ({
  name: 'main entry',
  setup: ({ onResolve }) => onResolve({ filter: MAIN }, () => ({ path: file, external: true })),
});

/** What scripts beside the main one use of it, from its global. */
const USED = [
  ...[
    'explainPropagation',
    'explainTrace',
    'getActiveSpan',
    'getClient',
    'getTraceData',
    'openEvent',
    'Scope',
  ],
  ...['spanToJSON', 'withScope'],
];
const mainIsGlobal = {
  name: 'main script',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: MAIN }, () => ({ path: 'main', namespace: 'global' }));
    onLoad({ filter: /.*/, namespace: 'global' }, () => ({
      contents: `export const { ${USED.join()} } = globalThis.Throughline ?? {};`,
    }));
  },
};

/** The script that adds an entry beside the main one to its global. */
const scriptBeside = (name) => ({
  ...script,
  entryPoints: [`js/${name}-script.ts`],
  plugins: [mainIsGlobal],
});

/** Which core an entry for pages brings. */
const CORES = { index: 'browser', streaming: 'streaming', propagation: 'propagation' };

/**
 * One entry of the package for both module systems.
 *
 * @param main the entry that it leaves out
 */
const entry = (name, main = 'index') => {
  const { mangleCache = {}, plugins = [] } = CORES[name] ? exportsOf(CORES[name]) : {};
  const options = { ...npm, mangleCache, entryPoints: [sourceOf(name)] };
  const esm = { ...options, plugins: [...plugins, mainIs(`./${main}.mjs`)], format: 'esm' };
  const cjs = { ...options, plugins: [...plugins, mainIs(`./${main}.cjs`)], format: 'cjs' };
  return [
    { ...esm, outfile: `dist/${name}.mjs` },
    { ...cjs, outfile: `dist/${name}.cjs`, define: noImportMeta },
  ];
};

/** Those of a folder take the place of files of the same name, or of a module of Node. */
const filesOf = (folder, filter) => ({
  name: `files of ${folder}`,
  setup({ onResolve }) {
    onResolve({ filter }, ({ path }) => ({
      path: at(
        folder,
        `${basename(path, '.js')
          .replace(/^node:/, '')
          .replace('_', '-')}.ts`,
      ),
    }));
  },
});
const filesOfStreaming = filesOf('js/streaming', /\/(asks|request-asks)\.js$/);
const filesOfServers = filesOf('js/node', /\/(fork-stack|families)\.js$/);
const filesOfTheEdge = filesOf('js/next/edge', /(\/bytes\.js|^node:async_hooks)$/);

/** Entries for servers have the client of one of them. */
const nodeIs = (file) => ({
  name: 'main entry of servers',
  setup: ({ onResolve }) => onResolve({ filter: NODE }, () => ({ path: file, external: true })),
});

/** An entry for servers: they have one core, and no timer of ours may keep a process alive. */
const serverEntry = (name) =>
  entry(name).map((options) => ({
    ...options,
    platform: 'node',
    target: 'node20',
    inject: [at('js/node/timers.ts')],
    plugins: [filesOfServers, filesOfStreaming, nodeIs(`./node${extname(options.outfile)}`)],
  }));

/** The entry for the edge: a server's, but of what Node has by itself there is nothing. */
const edgeEntry = (name) =>
  entry(name).map((options) => ({
    ...options,
    target: 'es2022',
    inject: [at('js/next/edge/timers.ts')],
    plugins: [filesOfServers, filesOfTheEdge],
  }));

/** The main entry with another core: it leaves nothing out. */
const streamingEntry = (name) =>
  entry(name).map(({ plugins, ...options }) => ({
    ...options,
    plugins: [...plugins.filter(({ name: of }) => of !== 'main entry'), filesOfStreaming],
  }));

/** The package's entries for `import` and `require`. */
const pageEntries = ['index', 'propagation', 'errors', 'debug', 'next-browser'];
const streamingEntries = ['streaming'];
const besideStreaming = ['streaming-errors', 'streaming-debug'];
const serverEntries = ['node', 'express', 'next', 'next-config'];
const edgeEntries = ['next-edge'];
export const entries = [
  ...pageEntries,
  ...streamingEntries,
  ...besideStreaming,
  ...serverEntries,
  ...edgeEntries,
];

export async function bundle() {
  const all = [
    ...pageEntries.flatMap((name) => entry(name)),
    ...streamingEntries.flatMap(streamingEntry),
    ...besideStreaming.flatMap((name) => entry(name, 'streaming')),
    ...serverEntries.flatMap(serverEntry),
    ...edgeEntries.flatMap(edgeEntry),
  ];
  await Promise.all(all.map((options) => build(options)));
  const options = { ...script, ...exportsOf('browser') };
  const change = (bundled) => withTextLast(withPlainGlobal(bundled));
  const text = await smallest(options, change, COMPILED_WHEN_LOADED);
  await writeFile(at('dist/throughline.min.js'), text);
  for (const name of ['errors', 'debug']) {
    await writeFile(at(`dist/throughline.${name}.min.js`), await smallest(scriptBeside(name)));
  }
}
