// Spotlight shows a developer what is sent: every envelope goes to it as well, or to it alone.
//
// Spec: server.md section 1; options, words and giving up are those of @sentry/node 10.78.
import { warn } from '../api/client.js';
import { writeEnvelope } from '../api/envelope.js';
import type { ClientOptions } from '../api/options.js';
import { isFalsyWord, isTruthyWord } from './environment.js';
import { post } from './post.js';

const SIDECAR = 'http://localhost:8969/stream';

/** Failures in a row after which nothing is sent there any more. */
const MOST_FAILURES = 4;

/**
 * The core makes envelopes for somebody only. This one has no host that could be: `.invalid` is
 * reserved. Seen by others is its key alone, in the sampling context of traces that begin here.
 */
const NOBODY = 'spotlight.invalid';
export const DSN_OF_NOBODY = `http://spotlight@${NOBODY}/0`;

/** Whether an envelope is for Spotlight only. */
export const isForNobody = ({ hostname }: URL): boolean => hostname === NOBODY;

/** What the option and `SENTRY_SPOTLIGHT` come to: where it is, as text; nothing: it is off. */
function addressOf(option: unknown, word = ''): string | undefined {
  if (typeof option === 'string') return option;
  if (option === false || (option !== true && isFalsyWord(word))) return undefined;
  if (word && !isFalsyWord(word) && !isTruthyWord(word)) return word;
  return option === true || word ? SIDECAR : undefined;
}

let target: URL | undefined;
let debug: boolean | undefined;
let failures = 0;

/**
 * From now on envelopes go there.
 *
 * @param option as given to `init`; what has another type counts as not set
 * @param env the environment of the process
 * @returns whether there is somebody
 */
export function connectSpotlight(
  option: unknown,
  env: NodeJS.ProcessEnv,
  isDebug: boolean | undefined,
): boolean {
  const address = addressOf(option, env['SENTRY_SPOTLIGHT']);
  target = undefined;
  debug = isDebug;
  failures = 0;
  if (!address) return false;
  if (!/^https?:/i.test(address) || !URL.canParse(address)) {
    warn(debug, `spotlight: expected true or a URL, got ${JSON.stringify(address)}; it is off`);
    return false;
  }
  const { NODE_ENV: mode } = env;
  if (mode && mode !== 'development') {
    warn(debug, `spotlight: it is on, and NODE_ENV is ${JSON.stringify(mode)}`);
  }
  target = new URL(address);
  return true;
}

/** Sends a copy there, once; whatever becomes of it, this never rejects. */
export async function showSpotlight(body: Uint8Array): Promise<void> {
  const there = target;
  if (!there || failures >= MOST_FAILURES) return;
  try {
    const status = await post(there, body);
    if (there === target && status >= 200 && status < 400) failures = 0;
  } catch (error) {
    if (there !== target) return;
    failures++;
    if (failures === 1) {
      warn(debug, `spotlight: ${there.href} cannot be reached: ${String(error)}`);
    }
  }
}

/** The same for what a transport of the application's own sends. */
export function showingWhatIsSent(make: ClientOptions['transport']): ClientOptions['transport'] {
  if (typeof make !== 'function') return make;
  return (options) => {
    const transport = make(options);
    return {
      send(envelope) {
        void showSpotlight(writeEnvelope(envelope));
        return transport.send(envelope);
      },
      flush: (timeout) => transport.flush?.(timeout) ?? Promise.resolve(true),
    };
  };
}
