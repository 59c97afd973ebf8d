// An application of Next.js, built and started as its users do it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Milliseconds for a server to answer for the first time. */
const PATIENCE = 30_000;
const PAUSE = 100;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

/**
 * What the majors of Next.js differ in: where its packages lie, and what it calls the proxy. One of
 * them builds into a folder of another name.
 */
const versions = {
  15.2: {
    packages: `${root}tests/next/15.2/node_modules`,
    proxy: 'middleware',
    distDir: 'built',
    change: startInLayout,
  },
  15: { packages: `${root}tests/next/15/node_modules`, proxy: 'middleware', distDir: 'built' },
  16: { packages: `${root}node_modules`, proxy: 'proxy', distDir: '.next' },
};

/** The last before 15.3, which knows no `onRouterTransitionStart`. */
export const old = 15.2;
export const majors = [15, 16];

/** Packages of another version than that of the folders above. */
function linkPackages(folder, packages) {
  for (const name of ['next', 'react', 'react-dom']) {
    symlinkSync(`${packages}/${name}`, `${folder}/node_modules/${name}`);
  }
}

/** Where instrumentation-client.js is not loaded, a part of the layout starts tracing. */
function startInLayout(folder) {
  const layout = `${folder}/app/layout.js`;
  const text = readFileSync(layout, 'utf8').replace('<body>', '<body><Start />');
  writeFileSync(layout, `import Start from '../start';\n${text}`);
}

/** The proxy under the name that this major knows it by. */
function renameProxy(folder, name) {
  const text = readFileSync(`${folder}/proxy.js`, 'utf8');
  rmSync(`${folder}/proxy.js`);
  writeFileSync(`${folder}/${name}.js`, text.replace('function proxy(', `function ${name}(`));
}

/** Copies tests/next/app and the package as it ships, and builds it. @returns what `start` takes */
export function build(major, given) {
  const { packages, proxy, distDir, change } = versions[major];
  const folder = `${root}build/next/${major}`;
  rmSync(folder, { recursive: true, force: true });
  const own = `${folder}/node_modules/throughline`;
  mkdirSync(own, { recursive: true });
  cpSync(`${root}tests/next/app`, folder, { recursive: true });
  cpSync(`${root}dist`, `${own}/dist`, { recursive: true });
  cpSync(`${root}package.json`, `${own}/package.json`);
  if (packages !== `${root}node_modules`) linkPackages(folder, packages);
  renameProxy(folder, proxy);
  change?.(folder);
  const program = `${packages}/next/dist/bin/next`;
  const env = environment({ ...given, TEST_DIST_DIR: distDir });
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'build'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`next build failed:\n${stdout}${stderr}`);
  return { program, folder, env, dist: `${folder}/${distDir}` };
}

const environment = (env) => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  TEST_ROOT: root,
  ...env,
});

const ingest = new URL('ingest.mjs', import.meta.url).href;

/** Starts what `build` built, with more in its environment. */
export async function start({ program, folder, env }, more) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['--import', ingest, program, 'start', '-p', `${port}`], {
    cwd: folder,
    env: { ...env, ...more },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => (output += text));
  }
  const gone = new Promise((resolve) => {
    child.on('exit', resolve);
  });
  for (let waited = 0; ; waited += PAUSE) {
    const answered = await fetch(`${url}/api/alive`).catch(() => undefined);
    if (answered) break;
    if (waited > PATIENCE || child.exitCode !== null) {
      child.kill();
      throw new Error(`it does not run:\n${output}`);
    }
    await wait(PAUSE);
  }
  return {
    url,
    output: () => output,
    async stop() {
      child.kill();
      await gone;
    },
  };
}
