import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const modules = `${root}build/express4/node_modules`;

/** Version 4 lies under another name, by which nobody has it. */
function version4() {
  if (!existsSync(`${modules}/express`)) {
    const copy = `${modules}/copy-${process.pid}`;
    mkdirSync(modules, { recursive: true });
    cpSync(`${root}node_modules/express-4`, copy, { recursive: true });
    try {
      renameSync(copy, `${modules}/express`);
    } catch (error) {
      // Another process was faster.
      if (!existsSync(`${modules}/express`)) throw error;
    }
  }
  return `${modules}/express`;
}

/** Folders of Express by major version. */
export const folders = { 4: version4(), 5: `${root}node_modules/express` };

/** Express as it is after `init`. */
export const load = (major) => createRequire(import.meta.url)(folders[major]);
