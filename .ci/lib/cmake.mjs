import { statSync } from 'node:fs';

import { step } from './command.mjs';
import { alone } from './lock.mjs';
import { at, exists } from './paths.mjs';

// A change of CMakeLists.txt makes ninja configure again by itself; a change of presets does not.
function isConfigured(preset) {
  const file = `build/${preset}/build.ninja`;
  return exists(file) && statSync(at(file)).mtimeMs >= statSync(at('CMakePresets.json')).mtimeMs;
}

export async function configure(preset, { quiet = false } = {}) {
  if (isConfigured(preset)) return;
  await step(`cmake configure ${preset}`, 'cmake', ['--preset', preset], { quiet });
}

/**
 * Configures when needed and builds. Ninja does only what changed.
 *
 * @param options.target what to build, one or several; without it everything
 */
export function buildPreset(preset, { quiet = false, target } = {}) {
  const args = ['--build', '--preset', preset, ...(target ? ['--target', target].flat() : [])];
  return alone(async () => {
    await configure(preset, { quiet });
    await step(`cmake build ${preset}`, 'cmake', args, { quiet });
  });
}
