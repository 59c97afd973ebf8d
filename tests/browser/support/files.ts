import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

import { bundleOf } from './bundle.js';
import type { Answer } from './server.js';

const DIST = join(import.meta.dirname, '../../../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

const answerWith = (name: string, body: string): Answer => ({
  headers: { 'content-type': TYPES[extname(name)]! },
  body,
});

/**
 * What a scenario's server has to offer, by path: `page.html` as `/`, `page.js` as it is and
 * `app.js` with its packages if there are any, and what was built.
 *
 * @param values stand in the page for `{{name}}`
 */
export async function filesOf(
  folder: string,
  values: Record<string, string>,
): Promise<Map<string, Answer>> {
  const files = new Map<string, Answer>();
  for (const name of ['page.html', 'page.js']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const filled = text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key]!);
    files.set(name === 'page.html' ? '/' : `/${name}`, answerWith(name, filled));
  }
  const app = join(folder, 'app.js');
  if (existsSync(app)) files.set('/app.js', answerWith('app.js', await bundleOf(app)));
  const scripts = ['', 'errors.', 'debug.'].map((name) => `throughline.${name}min.js`);
  for (const name of [...scripts, 'index.mjs', 'streaming.mjs', 'propagation.mjs', 'errors.mjs']) {
    files.set(`/${name}`, answerWith(name, await readFile(join(DIST, name), 'utf8')));
  }
  return files;
}
