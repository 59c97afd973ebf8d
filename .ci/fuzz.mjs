// `npm run fuzz [-- --seconds N] [TARGET ...]`: every target of libFuzzer, or those named, under
// the sanitizers. Ends with `N passed, N failed, N skipped`, where a target is one test.
import { parseArgs } from 'node:util';

import { Failure, main } from './lib/command.mjs';
import { fuzz } from './lib/fuzz.mjs';
import { asLine } from './lib/reports.mjs';
import { setup } from './setup.mjs';

const DEFAULT_SECONDS = '60';

await main(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    options: { seconds: { type: 'string', default: DEFAULT_SECONDS } },
    allowPositionals: true,
  });
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new Failure(`--seconds: expected a whole number from 1, got ${values.seconds}`);
  }
  await setup('fuzz');
  const counts = await fuzz({ seconds, only: positionals });
  console.log(`\n${asLine(counts)}`);
  if (counts.failed > 0) process.exitCode = 1;
});
