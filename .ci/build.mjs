// `npm run build`: the core, then what the shim imports of it, then all of dist/.
import { readFileSync } from 'node:fs';

import { buildPreset } from './lib/cmake.mjs';
import { main, step } from './lib/command.mjs';
import { filesBelow, hashOf, writeIfChanged } from './lib/files.mjs';
import { alone } from './lib/lock.mjs';
import { at, exists } from './lib/paths.mjs';
import { setup } from './setup.mjs';

const outputs = [
  'dist/throughline.min.js',
  'dist/throughline.errors.min.js',
  'dist/throughline.debug.min.js',
  'dist/index.mjs',
  'dist/index.cjs',
  'dist/index.d.mts',
  'dist/index.d.cts',
  'dist/propagation.mjs',
  'dist/propagation.cjs',
  'dist/propagation.d.mts',
  'dist/propagation.d.cts',
  'dist/streaming.mjs',
  'dist/streaming.cjs',
  'dist/streaming.d.mts',
  'dist/streaming.d.cts',
  'dist/streaming-errors.mjs',
  'dist/streaming-errors.cjs',
  'dist/streaming-errors.d.mts',
  'dist/streaming-errors.d.cts',
  'dist/streaming-debug.mjs',
  'dist/streaming-debug.cjs',
  'dist/streaming-debug.d.mts',
  'dist/streaming-debug.d.cts',
  'dist/errors.mjs',
  'dist/errors.cjs',
  'dist/errors.d.mts',
  'dist/errors.d.cts',
  'dist/debug.mjs',
  'dist/debug.cjs',
  'dist/debug.d.mts',
  'dist/debug.d.cts',
  'dist/node.mjs',
  'dist/node.cjs',
  'dist/node.d.mts',
  'dist/node.d.cts',
  'dist/express.mjs',
  'dist/express.cjs',
  'dist/express.d.mts',
  'dist/express.d.cts',
  'dist/next.mjs',
  'dist/next.cjs',
  'dist/next.d.mts',
  'dist/next.d.cts',
  'dist/next-browser.mjs',
  'dist/next-browser.cjs',
  'dist/next-browser.d.mts',
  'dist/next-browser.d.cts',
  'dist/next-config.mjs',
  'dist/next-config.cjs',
  'dist/next-config.d.mts',
  'dist/next-config.d.cts',
  'dist/next-edge.mjs',
  'dist/next-edge.cjs',
  'dist/next-edge.d.mts',
  'dist/next-edge.d.cts',
];
/** Link targets that ship (wasm/CMakeLists.txt). */
const cores = ['browser', 'streaming', 'propagation', 'full'];
const script = 'full_script';
const stamp = 'build/dist.stamp';

/** Everything that dist/ is made of. */
const inputs = () => [
  ...filesBelow('js', /\.(ts|mts|mjs|json)$/),
  ...filesBelow('.ci', /\.mjs$/),
  'package.json',
  'package-lock.json',
];

async function buildDist(quiet) {
  const hash = hashOf(inputs());
  const upToDate = exists(stamp) && readFileSync(at(stamp), 'utf8') === hash;
  if (upToDate && outputs.every((path) => exists(path))) return;

  if (!quiet) console.log('bundle and types ...');
  const { bundle, entries } = await import('./lib/bundle.mjs');
  const { rollTypes } = await import('./lib/types.mjs');
  await bundle();
  for (const entry of entries) await rollTypes(entry);
  writeIfChanged(stamp, hash);
}

/**
 * @param options.purpose what the machine is checked for (setup.mjs)
 * @param options.tests   builds the WebAssembly modules of the tests as well
 * @param options.quiet   says nothing unless a step takes long
 */
export function build({ purpose = 'build', tests = false, quiet = false } = {}) {
  return alone(async () => {
    await setup(purpose);
    await buildPreset('wasm', { quiet, target: tests ? 'all' : [...cores, script] });
    const { generate, generateScript } = await import('./lib/generate.mjs');
    for (const core of cores) generate(core);
    generateScript(script);
    if (tests) generateScript('cases_script', 'build/script');
    await buildDist(quiet);
  });
}

/** The service of the demo that is written in C++, with the library in it. */
async function buildDemo(quiet) {
  const build = at('build/demo');
  await alone(async () => {
    const source = at('demo/services/prices');
    const args = ['-S', source, '-B', build, '-G', 'Ninja'];
    await step('cmake configure demo', 'cmake', args, { quiet: quiet || exists('build/demo') });
    await step('cmake build demo', 'cmake', ['--build', build], { quiet });
  });
}

await main(import.meta.url, async () => {
  const given = (option) => process.argv.includes(option);
  const quiet = given('--quiet');
  await build({ purpose: 'test', tests: given('--tests'), quiet });
  if (given('--demo')) await buildDemo(quiet);
});
