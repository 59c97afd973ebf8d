// `npm run size`: what a page downloads, held against the budget, and where it comes from. With
// `-- --functions` also the largest functions of the core.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { build } from './build.mjs';
import { Failure, main } from './lib/command.mjs';
import { coreSizes } from './lib/core-sizes.mjs';
import { at } from './lib/paths.mjs';

/** Bytes of brotli-11, wasm included: what must hold, and where it shall get to. */
const BUDGETS = {
  propagation: { bound: 16 * 1024, aim: 10 * 1024 },
};
/**
 * The script tag has the whole API. That it fits 32 KB was an estimate from before there was one;
 * what must hold is that it stays below the peer with the functions that both have.
 */
const SCRIPT = { ofPeer: 0.97, aim: 32 * 1024 };

const LISTED_FUNCTIONS = 50;
const PEER = '@sentry/browser';

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** What an application's bundler makes of an entry of the package when it uses all of it. */
async function bundledByApplication(entry, external = []) {
  const { build: bundle } = await import('esbuild');
  const { outputFiles } = await bundle({
    absWorkingDir: at(),
    entryPoints: [`dist/${entry}.mjs`],
    bundle: true,
    external,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    logLevel: 'warning',
  });
  return outputFiles[0].contents;
}

/** The peer with all of its functions that an entry of the package has as well. */
async function bundledPeer(entry = 'index') {
  const { build: bundle } = await import('esbuild');
  const ours = await import(pathToFileURL(at(`dist/${entry}.mjs`)).href);
  const theirs = await import('@sentry/browser');
  const shared = Object.keys(ours).filter((name) => name in theirs);
  const { outputFiles } = await bundle({
    absWorkingDir: at(),
    stdin: { contents: `export { ${shared.join()} } from '@sentry/browser';`, resolveDir: at() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    logLevel: 'warning',
    // As its documentation says for production.
    define: { __SENTRY_DEBUG__: 'false' },
  });
  return outputFiles[0].contents;
}

const column = (value) => String(value).padStart(9);

await main(import.meta.url, async () => {
  await build({ quiet: true });
  const files = [
    ['script tag', readFileSync(at('dist/throughline.min.js'))],
    ['ESM, bundled', await bundledByApplication('index')],
    ['  wasm alone', readFileSync(at('build/wasm/browser.wasm'))],
    ['errors, script', readFileSync(at('dist/throughline.errors.min.js'))],
    ['  ESM, without', await bundledByApplication('errors', ['./index.mjs'])],
    ['debug, script', readFileSync(at('dist/throughline.debug.min.js'))],
    ['propagation', await bundledByApplication('propagation')],
    ['  wasm alone', readFileSync(at('build/wasm/propagation.wasm'))],
    ['streaming', await bundledByApplication('streaming')],
    ['  wasm alone', readFileSync(at('build/wasm/streaming.wasm'))],
    [PEER, await bundledPeer()],
    ['  with streaming', await bundledPeer('streaming')],
  ];
  BUDGETS['script tag'] = {
    bound: Math.floor(SCRIPT.ofPeer * brotli(files.find(([name]) => name === PEER)[1])),
    aim: SCRIPT.aim,
  };

  console.log(`bytes${' '.repeat(11)}${['raw', 'gzip', 'brotli'].map(column).join('')}`);
  for (const [name, bytes] of files) {
    const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes)];
    console.log(`${name.padEnd(16)}${sizes.map(column).join('')}`);
  }
  console.log('(errors and debug come on top of either of the first two)');
  console.log("(gzip -9 of Node's zlib, brotli -q 11)");

  const { folders, functions } = coreSizes();
  console.log('\nwasm by folder, raw bytes; inlined functions count for their callers:');
  for (const { name, bytes } of folders) console.log(`  ${name.padEnd(14)}${column(bytes)}`);
  if (process.argv.includes('--functions')) {
    console.log('\nlargest functions, raw bytes:');
    for (const { name, bytes, folder } of functions.slice(0, LISTED_FUNCTIONS)) {
      console.log(`${column(bytes)}  ${folder.padEnd(10)}  ${name.slice(0, 120)}`);
    }
  }

  const over = [];
  console.log();
  for (const [name, bytes] of files) {
    if (!(name in BUDGETS)) continue;
    const { bound, aim } = BUDGETS[name];
    const used = brotli(bytes);
    console.log(`size: ${name} takes ${used} bytes brotli (bound ${bound}, aim ${aim}).`);
    if (used > bound) over.push(`${name} by ${used - bound}`);
  }
  if (over.length > 0) throw new Failure(`size: over the bound: ${over.join(', ')}.`);
});
