// Checks of what C++ programs install: built without anything that only tests need, and used by a
// program of somebody else (tests/cmake_package).
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { capture, Failure, step } from './command.mjs';
import { alone } from './lock.mjs';
import { at } from './paths.mjs';

const folder = 'build/cmake_package';
const prefix = at(folder, 'prefix');
const consumer = at(folder, 'consumer');
const other = at(folder, 'other');
const subfolder = at(folder, 'subfolder');
const source = at('tests/cmake_package');
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

function runs(command, ...args) {
  const { code, stdout, stderr } = capture(command, args);
  if (code !== 0) throw new Error(`${stdout}${stderr}`.trim());
  return stdout;
}

function expect(text, part) {
  if (!text.includes(part)) throw new Error(`Expected: ${part}\nin:\n${text}`);
}

/** As somebody has it who has neither GoogleTest nor nlohmann-json. */
async function install() {
  mkdirSync(at(folder), { recursive: true });
  // What an earlier version installed must not count; what it compiled may.
  for (const path of [prefix, consumer, other, subfolder])
    rmSync(path, { recursive: true, force: true });
  const without = ['-D', 'CMAKE_DISABLE_FIND_PACKAGE_GTest=ON'];
  const build = at(folder, 'build');
  await step('cmake package configure', 'cmake', ['-B', build, '-S', at('.'), ...without]);
  await step('cmake package build', 'cmake', ['--build', build, '-j2']);
  await step('cmake package install', 'cmake', ['--install', build, '--prefix', prefix]);
}

const headers = [
  'throughline-cpp/client.h',
  'throughline-cpp/options.h',
  'throughline-cpp/span.h',
  'throughline.h',
];

const checks = {
  'the public headers are installed, and no others': () => {
    const found = readdirSync(join(prefix, 'include'), { recursive: true })
      .filter((path) => path.endsWith('.h'))
      .sort();
    if (found.join() !== headers.join()) throw new Error(found.join('\n'));
  },

  'find_package finds it, and refuses another version': () => {
    const options = ['-S', source, '-D', `CMAKE_PREFIX_PATH=${prefix}`];
    runs('cmake', '-B', consumer, ...options, '-D', `WANTED=${version}`);
    const { code } = capture('cmake', ['-B', other, ...options, '-D', 'WANTED=0.999']);
    if (code === 0) throw new Error('0.999 was found.');
  },

  'a program with exceptions and RTTI builds without a warning': () =>
    runs('cmake', '--build', consumer),

  'it continues the trace and hands out its envelope': () => {
    const output = runs(join(consumer, 'consumer'));
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const ours = `sentry-trace_id=${trace},sentry-sampled=true,sentry-sample_rand=0`;
    expect(output, `sentry-trace: ${trace}-8000000000000007-1\n`);
    expect(output, `baggage: theirs=1,${ours}\n`);
    expect(output, `<meta name="sentry-trace" content="${trace}-8000000000000006-1"/>\n`);
    expect(output, `<meta name="baggage" content="${ours}"/>\n`);
    const client = `sentry_client=throughline.native%2F${version}\n`;
    expect(
      output,
      `POST https://host.test/api/1/envelope/?sentry_version=7&sentry_key=key&${client}`,
    );
    const event = JSON.parse(output.trimEnd().split('\n').at(-1));
    expect(event.transaction, 'GET /items/:id');
    expect(event.spans[0].description, 'GET https://stock.test/7');
    expect(event.spans[0].parent_span_id, event.contexts.trace.span_id);
  },

  'it serves as a subfolder, too': () => {
    const options = ['-D', `THROUGHLINE_SOURCE=${at('.')}`];
    runs('cmake', '-B', subfolder, '-S', source, ...options);
  },
};

export function checkCMakePackage() {
  return alone(async () => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    await install();
    for (const [name, check] of Object.entries(checks)) {
      try {
        check();
        console.log(`  ok    ${name}`);
        counts.passed++;
      } catch (error) {
        if (error instanceof Failure) throw error;
        console.log(`  FAIL  ${name}\n${error.message.replace(/^/gm, '        ')}`);
        counts.failed++;
      }
    }
    return counts;
  });
}
