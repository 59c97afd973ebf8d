import { spawn } from 'node:child_process';

/** A server that runs as a program of its own. */
export interface Program {
  /** What it said when it was ready. */
  readonly said: string;
  /** Ends it, and waits until it has. */
  end(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @returns once what it prints matches `ready`; rejects with its output when it ends before
 */
export async function startProgram(
  command: string,
  args: string[],
  env: Record<string, string>,
  ready: RegExp,
): Promise<Program> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });

  const said = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (part: Buffer): void => {
      output += part.toString();
      const found = ready.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void ended.then(() => {
      reject(new Error(`${command} ended:\n${output}`));
    });
  });

  return {
    said,
    end: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
