import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A path below the root of the repository. */
export const at = (...parts) => join(root, ...parts);

export const exists = (...parts) => existsSync(at(...parts));
