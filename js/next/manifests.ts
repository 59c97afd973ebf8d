import { readFileSync } from 'node:fs';

/** Text of a file of the build; nothing where there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
