// An application of Next.js, built and started as its users do it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
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

/** Copies tests/next/app and the package as it ships, and builds it. @returns its folder */
export function build(env) {
  const folder = `${root}build/next/16`;
  rmSync(folder, { recursive: true, force: true });
  const own = `${folder}/node_modules/throughline`;
  mkdirSync(own, { recursive: true });
  cpSync(`${root}tests/next/app`, folder, { recursive: true });
  cpSync(`${root}dist`, `${own}/dist`, { recursive: true });
  cpSync(`${root}package.json`, `${own}/package.json`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'build'], {
    cwd: folder,
    env: environment(env),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`next build failed:\n${stdout}${stderr}`);
  return folder;
}

const program = `${root}node_modules/next/dist/bin/next`;

const environment = (env) => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  TEST_ROOT: root,
  ...env,
});

/** Starts what `build` built. */
export async function start(folder, env) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [program, 'start', '-p', `${port}`], {
    cwd: folder,
    env: environment(env),
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
    if (waited > PATIENCE || child.exitCode !== null)
      throw new Error(`it does not run:\n${output}`);
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
