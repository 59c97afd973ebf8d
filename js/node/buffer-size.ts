import { warn, type Session } from '../api/client.js';
import type { ServerExports } from './exports.js';

/** Envelopes that may be under way at once (server.md section 10). */
const DEFAULT = 64;

/** Tells the core how many envelopes may be under way. */
export function applyBufferSize({ core, options }: Session): void {
  const given: unknown = options.transportOptions?.bufferSize ?? DEFAULT;
  const isCount = Number.isInteger(given) && (given as number) > 0;
  if (!isCount) {
    warn(
      options.debug,
      'options.transportOptions.bufferSize: expected a whole number from 1, got ' +
        `${String(given)}; ${DEFAULT} counts`,
    );
  }
  const count = isCount ? (given as number) : DEFAULT;
  core.run(() => (core.raw as ServerExports).tl_max_pending(Math.min(count, 2 ** 31 - 1)));
}
