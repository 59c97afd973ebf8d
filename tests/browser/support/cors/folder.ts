import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BUILD = join(import.meta.dirname, '../../../../build/servers');

/** A folder of its own for one server; inside the repository, so that packages are found. */
export interface Folder {
  readonly path: string;
  remove(): void;
}

export function folderWith(files: Record<string, string>): Folder {
  mkdirSync(BUILD, { recursive: true });
  const path = mkdtempSync(join(BUILD, 'server-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
