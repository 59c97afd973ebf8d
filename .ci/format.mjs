// `npm run format`: Prettier and clang-format write; with --check they only compare.
import { Failure, main, show } from './lib/command.mjs';
import { filesBelow } from './lib/files.mjs';
import { at } from './lib/paths.mjs';
import { setup } from './setup.mjs';

const cppFiles = () => [
  ...filesBelow('wasm', /\.(cpp|h)$/),
  ...filesBelow('tests', /\.(cpp|h)$/),
  ...filesBelow('demo', /\.(cpp|h)$/),
];

await main(import.meta.url, async () => {
  const check = process.argv.includes('--check');
  await setup('lint');
  const prettier = [at('node_modules/prettier/bin/prettier.cjs'), '.', '--log-level', 'warn'];
  const codes = [
    await show(process.execPath, [...prettier, check ? '--check' : '--write']),
    await show('clang-format-14', [...(check ? ['--dry-run', '-Werror'] : ['-i']), ...cppFiles()]),
  ];
  if (codes.some((code) => code !== 0)) {
    throw new Failure(
      check ? 'format: run `npm run format`.' : 'format: not everything could be read.',
    );
  }
  console.log(check ? 'format: as it should be.' : 'format: written.');
});
