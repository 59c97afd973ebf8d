// `npm run typecheck`: TypeScript over shim and tests. They import what the build generates.
import { build } from './build.mjs';
import { Failure, main, show } from './lib/command.mjs';
import { at, exists } from './lib/paths.mjs';

const projects = [
  'js/tsconfig.json',
  'js/node/tsconfig.json',
  'js/express/tsconfig.json',
  'js/next/tsconfig.json',
  'tests/tsconfig.json',
  'demo/tsconfig.json',
];

await main(import.meta.url, async () => {
  await build({ quiet: true });
  let failed = 0;
  for (const project of projects.filter((path) => exists(path))) {
    const args = [at('node_modules/typescript/bin/tsc'), '--noEmit', '--project', project];
    const code = await show(process.execPath, args);
    console.log(`${project}: ${code === 0 ? 'ok' : 'errors'}`);
    if (code !== 0) failed++;
  }
  if (failed > 0) throw new Failure('typecheck: there are type errors.');
});
