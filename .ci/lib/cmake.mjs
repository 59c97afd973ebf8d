import { statSync } from 'node:fs';

import { step } from './command.mjs';
import { at, exists } from './paths.mjs';

// A change of CMakeLists.txt makes ninja configure again by itself; a change of presets does not.
function isConfigured(folder) {
  return (
    exists(folder, 'build.ninja') &&
    statSync(at(folder, 'build.ninja')).mtimeMs >= statSync(at('CMakePresets.json')).mtimeMs
  );
}

/**
 * @param options.folder  another build folder than the preset's own
 * @param options.defines cache variables on top of the preset's
 */
export async function configure(preset, { quiet, folder = `build/${preset}`, defines = [] } = {}) {
  if (isConfigured(folder)) return;
  const args = ['--preset', preset, '-B', at(folder), ...defines.map((define) => `-D${define}`)];
  await step(`cmake configure ${folder.replace('build/', '')}`, 'cmake', args, { quiet });
}

/**
 * Configures when needed and builds. Ninja does only what changed.
 *
 * @param options.target what to build; without it everything
 */
export async function buildPreset(preset, options = {}) {
  const { quiet, folder = `build/${preset}`, target } = options;
  await configure(preset, options);
  const name = folder.replace('build/', '');
  const args = ['--build', at(folder), ...(target ? ['--target', target] : [])];
  await step(`cmake build ${name}`, 'cmake', args, { quiet });
}
