import type { Integration } from '../api/client.js';
import type { ClientOptions } from '../api/options.js';

/** What the environment of the process says, for options that are not set (server.md section 1). */
function optionsFrom(env: NodeJS.ProcessEnv): ClientOptions {
  const given: ClientOptions = {};
  if (env['SENTRY_DSN']) given.dsn = env['SENTRY_DSN'];
  if (env['SENTRY_ENVIRONMENT']) given.environment = env['SENTRY_ENVIRONMENT'];
  if (env['SENTRY_RELEASE']) given.release = env['SENTRY_RELEASE'];
  if (env['SENTRY_TRACES_SAMPLE_RATE']) given.tracesSampleRate = env['SENTRY_TRACES_SAMPLE_RATE'];
  return given;
}

/**
 * Options of a client on a server: what is set, else what the environment says, else the defaults.
 *
 * @returns an object that is the caller's
 */
export function processOptions<Options extends ClientOptions>(
  wanted: Options,
  defaultIntegrations: Integration[],
): Options {
  const isSet = ([, value]: [string, unknown]): boolean => value !== undefined;
  return {
    defaultIntegrations,
    // A server has no origin of its own: headers go wherever requests go.
    ...(wanted.tracingOrigins ? undefined : { tracePropagationTargets: [''] }),
    ...optionsFrom(process.env),
    ...(Object.fromEntries(Object.entries(wanted).filter(isSet)) as Options),
    // Spans are children of the active one, as everywhere but in pages.
    parentSpanIsAlwaysRootSpan: false,
  };
}

const FALSY = ['false', 'f', 'n', 'no', 'off', '0'];
const TRUTHY = ['true', 't', 'y', 'yes', 'on', '1'];

export const isFalsyWord = (text: string): boolean => FALSY.includes(text.toLowerCase());
export const isTruthyWord = (text: string): boolean => TRUTHY.includes(text.toLowerCase());

/** The trace that the process is to continue; nothing if it is to begin one. */
export function traceFrom(env: NodeJS.ProcessEnv): { trace: string; baggage: string } | undefined {
  const wanted = !isFalsyWord(env['SENTRY_USE_ENVIRONMENT'] ?? '');
  const trace = env['SENTRY_TRACE'];
  return wanted && trace ? { trace, baggage: env['SENTRY_BAGGAGE'] ?? '' } : undefined;
}
