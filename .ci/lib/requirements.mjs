// What a machine must have, with the oldest version that is known to work.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { chromiumNames } from './chromium.mjs';
import { capture } from './command.mjs';
import { isAtLeast, versionIn, versionLine, which } from './programs.mjs';

/** Packages of Debian 12 that bring all of it. */
const debianPackages = [
  'build-essential',
  'cmake',
  'ninja-build',
  'clang-14',
  'clang-format-14',
  'clang-tidy-14',
  'libclang-rt-14-dev',
  'libgtest-dev',
  'libgmock-dev',
  'nlohmann-json3-dev',
  'libcpp-httplib-dev',
  'emscripten',
  'chromium',
  'fonts-liberation',
  'nginx',
  'git',
  'ca-certificates',
];

function isUbuntu() {
  try {
    return /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Ubuntu has Chromium as a snap only, which apt cannot bring. */
export const aptPackages = () =>
  isUbuntu() ? debianPackages.filter((name) => name !== 'chromium') : debianPackages;

/** @returns what is wrong with a program as { found }, or nothing when it will do. */
function lacking(path, wanted) {
  if (!path) return { found: 'nothing' };
  const line = versionLine(path);
  if (line === undefined) return { found: `${path}, which does not run` };
  const version = versionIn(line) ?? '0';
  const minimum = typeof wanted === 'function' ? wanted(line) : wanted;
  return isAtLeast(version, minimum) ? undefined : { found: `${version} (${path})` };
}

/** Debian keeps it where only the PATH of root looks. */
export const nginxNames = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx'];

const program = (name, minimum, names = [name]) => ({
  name,
  wanted: `${minimum} or newer`,
  lacks: () => lacking(which(...names), minimum),
});

const exactly14 = (name) => ({
  name,
  wanted: '14, under this name',
  lacks: () => lacking(which(name), '14'),
});

function lacksWasmOpt() {
  // An emsdk keeps it beside its compiler rather than on the PATH.
  const emcc = which('emcc');
  const path = which('wasm-opt', ...(emcc ? [join(dirname(emcc), '../bin/wasm-opt')] : []));
  if (!path) return { found: 'nothing' };
  const version = /version (\d+)/.exec(versionLine(path) ?? '')?.[1] ?? '0';
  return Number(version) >= 105 ? undefined : { found: `${version} (${path})` };
}

const includeFolders = () => [
  '/usr/include',
  '/usr/local/include',
  '/opt/homebrew/include',
  ...(process.env.CMAKE_PREFIX_PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((prefix) => join(prefix, 'include')),
];

const header = (path) =>
  includeFolders()
    .map((folder) => join(folder, path))
    .find((file) => existsSync(file));

function lacksJson() {
  if (!header('nlohmann/json.hpp')) return { found: 'nothing' };
  const versions = header('nlohmann/detail/abi_macros.hpp');
  const text = versions ? readFileSync(versions, 'utf8') : '';
  const number = (part) => new RegExp(`NLOHMANN_JSON_VERSION_${part} (\\d+)`).exec(text)?.[1];
  const version = `${number('MAJOR') ?? 0}.${number('MINOR') ?? 0}`;
  if (isAtLeast(version, '3.11')) return undefined;
  return { found: versions ? version : 'an older one' };
}

/** Node and what compiles the core: `npm run build`. */
const building = [
  {
    name: 'node',
    wanted: '20 or newer',
    lacks: () =>
      isAtLeast(process.versions.node, '20')
        ? undefined
        : { found: `${process.versions.node} (${process.execPath})` },
  },
  program('emcc', '3.1.6'),
  program('cmake', '3.25'),
  program('ninja', '1.10'),
  { name: 'wasm-opt', wanted: '105 or newer', lacks: lacksWasmOpt },
  { name: 'nlohmann/json', wanted: '3.11 or newer', lacks: lacksJson },
];

/** What the tests and the demo's check need on top. */
const testing = [
  {
    name: 'C++ compiler',
    wanted: 'g++ 12, clang++ 14 or newer',
    lacks: () =>
      lacking(which(process.env.CXX ?? 'c++'), (line) => (/clang/i.test(line) ? '14' : '12')),
  },
  {
    name: 'GoogleTest',
    wanted: 'gtest and gmock',
    lacks: () =>
      header('gtest/gtest.h') && header('gmock/gmock.h') ? undefined : { found: 'nothing' },
  },
  {
    name: 'cpp-httplib',
    wanted: 'any, for the demo',
    lacks: () => (header('httplib.h') ? undefined : { found: 'nothing' }),
  },
  {
    name: 'Chromium',
    wanted: 'one that runs',
    lacks: () => lacking(which(...chromiumNames), '0'),
  },
  {
    // It does not know --version, so that it is there has to do.
    name: 'nginx',
    wanted: '1.19.5 or newer',
    lacks: () => (which(...nginxNames) ? undefined : { found: 'nothing' }),
  },
];

/** Formatting differs between versions, so these two are pinned. */
const linting = [exactly14('clang-format-14'), exactly14('clang-tidy-14')];

/** What compiles the targets of libFuzzer; its libraries are a package of their own. */
const fuzzing = [
  exactly14('clang++-14'),
  {
    name: 'libFuzzer of clang 14',
    wanted: 'libclang_rt.fuzzer',
    lacks: () => {
      const name = `libclang_rt.fuzzer-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.a`;
      const { stdout } = capture('clang++-14', [`-print-file-name=${name}`]);
      // An absolute path where there is one, the name as given otherwise.
      return existsSync(stdout.trim()) ? undefined : { found: 'nothing' };
    },
  },
];

export const requirements = {
  build: building,
  test: [...building, ...testing],
  fuzz: [...building, ...fuzzing],
  lint: [...building, ...testing, ...linting],
};
