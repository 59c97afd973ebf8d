// Checks of the packed tarball: what somebody gets who installs it.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

import { capture } from './command.mjs';
import { at } from './paths.mjs';

const folder = at('build/package');
const installed = at('build/package/node_modules/throughline');

function pack() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  const packed = capture('npm', [
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    folder,
  ]);
  if (packed.code !== 0) throw new Error(packed.stderr);
  const tarball = at('build/package', JSON.parse(packed.stdout)[0].filename);
  const unpacked = capture('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  if (unpacked.code !== 0) throw new Error(unpacked.stderr);
  return tarball;
}

function runs(command, args, options) {
  const { code, stdout, stderr } = capture(command, args, options);
  if (code !== 0) throw new Error(`${stdout}${stderr}`.trim());
  return stdout;
}

const tool = (path, ...args) => runs(process.execPath, [at('node_modules', path), ...args]);

/** The names that an importer sees, asked in a Node of its own. */
const names = (code) =>
  runs(process.execPath, ['--input-type=module', '-e', code], { cwd: folder }).trim();

const print = 'console.log(Object.keys(api).filter((name) => name !== "default").sort().join())';

const checks = {
  'publint has no objection': ({ tarball }) =>
    tool('publint/src/cli.js', 'run', tarball, '--strict'),

  'types resolve for every kind of importer': ({ tarball }) =>
    tool(
      '@arethetypeswrong/cli/dist/index.js',
      tarball,
      '--exclude-entrypoints',
      'script',
      'script/errors',
      'script/debug',
    ),

  'import and require give the same names, and no side effect': () => {
    const entries = {
      throughline: 'init',
      'throughline/streaming': 'spanStreamingIntegration',
      'throughline/streaming/errors': 'captureException',
      'throughline/streaming/debug': 'describeReason',
      'throughline/propagation': 'init',
      'throughline/errors': 'captureException',
      'throughline/debug': 'describeReason',
      'throughline/node': 'init',
      'throughline/express': 'setupExpressErrorHandler',
      'throughline/next': 'captureRequestError',
      'throughline/next/config': 'withThroughlineConfig',
    };
    for (const [entry, name] of Object.entries(entries)) {
      const imported = names(`import * as api from '${entry}'; ${print}`);
      const required = names(
        "import { createRequire } from 'node:module';" +
          `const api = createRequire(import.meta.url)('${entry}'); ${print}`,
      );
      if (!imported.includes(name)) throw new Error(`imported: ${imported}`);
      if (imported !== required) throw new Error(`imported: ${imported}\nrequired: ${required}`);
    }
  },

  'nothing but dist, licence and documents is packed': () => {
    const listed = runs('find', ['.', '-type', 'f'], { cwd: installed }).trim().split('\n').sort();
    const allowed = /^\.\/(dist\/[\w.-]+|package\.json|LICENSE|README\.md|CHANGELOG\.md)$/;
    const others = listed.filter((path) => !allowed.test(path));
    if (others.length > 0) throw new Error(others.join('\n'));
  },

  'the script asks to be compiled while it arrives, before anything else': () => {
    const [line] = readFileSync(at('dist/throughline.min.js'), 'utf8').split('\n');
    if (line !== '//# allFunctionsCalledOnLoad') throw new Error(line.slice(0, 80));
  },

  'the lock file names no host to download from': () => {
    const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
    const named = Object.keys(lock.packages).filter((key) => lock.packages[key].resolved);
    if (named.length > 0) throw new Error(named.slice(0, 5).join('\n'));
  },
};

export function checkPackage() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const attempt = (name, run) => {
    try {
      const result = run();
      console.log(`  ok    ${name}`);
      counts.passed++;
      return result;
    } catch (error) {
      console.log(`  FAIL  ${name}\n${error.message.replace(/^/gm, '        ')}`);
      counts.failed++;
      return undefined;
    }
  };
  const tarball = attempt('npm pack', pack);
  if (tarball)
    for (const [name, check] of Object.entries(checks)) attempt(name, () => check({ tarball }));
  return counts;
}
