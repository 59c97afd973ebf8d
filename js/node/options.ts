import type { ClientOptions } from '../api/options.js';

/** Options of `init` on a server. */
export interface NodeOptions extends ClientOptions {
  /**
   * Envelopes go to Spotlight as well, with or without a DSN: `true` for its sidecar on
   * `http://localhost:8969/stream`, a text for another URL. Unset, `SENTRY_SPOTLIGHT` says it.
   */
  spotlight?: boolean | string;
}
