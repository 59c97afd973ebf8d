// `npm run lint`: ESLint with types over all scripts, clang-tidy over the core.
import { build } from './build.mjs';
import { clangTidy } from './lib/clang-tidy.mjs';
import { Failure, main, show } from './lib/command.mjs';
import { at } from './lib/paths.mjs';

await main(import.meta.url, async () => {
  await build({ purpose: 'lint', quiet: true });
  const eslint = at('node_modules/eslint/bin/eslint.js');
  console.log('eslint ...');
  const args = [eslint, '--config', 'js/eslint.config.js', '--max-warnings', '0', '.'];
  // Beside each other: ESLint keeps one processor busy, the last file of clang-tidy another.
  const [code, untidy] = await Promise.all([show(process.execPath, args), clangTidy()]);
  if (code !== 0 || untidy > 0) {
    throw new Failure(
      `lint: ESLint exit code ${code}; clang-tidy has findings in ${untidy} files.`,
    );
  }
  console.log('lint: no findings.');
});
