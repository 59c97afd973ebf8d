import { spawn } from 'node:child_process';

/** Runs a script in a process of its own, to its end: what it printed. */
export const run = (script, env = {}, type = 'module', args = []) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args, `--input-type=${type}`, '-e', script], {
      cwd: new URL('../../..', import.meta.url),
      env: { PATH: process.env.PATH, ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (output += part));
    child.on('close', (code) => {
      if (code === 0) resolve(output.trim());
      else reject(new Error(`exit code ${code}: ${output}`));
    });
  });
