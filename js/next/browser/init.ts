import { init as initPage } from '../../index.js';
import type { Client, Host } from '../../api/client.js';
import type { ClientOptions } from '../../api/options.js';
import { quietly } from '../../base/quietly.js';
import { browserTracingIntegration } from './tracing.js';

const INGEST = /^https?:\/\/[^@]*@o(\d+)\.ingest(?:\.([a-z]{2}))?\.sentry\.io\/(\d+)$/;

/** As it is inside: applications are told of the options alone. */
const initWith: (options: ClientOptions, own: Partial<Host>) => Client | undefined = initPage;

/** The URL for envelopes that the build prepared; nothing: they are sent directly. */
function tunnelFor({ dsn, tunnel, debug }: ClientOptions): string | undefined {
  const path = process.env['_throughlineTunnel'];
  if (tunnel !== undefined || !path || !dsn) return tunnel;
  const [, org, region, project] = INGEST.exec(dsn) ?? [];
  if (org) return `${path}?o=${org}&p=${project!}${region ? `&r=${region}` : ''}`;
  if (debug) {
    console.warn(
      '[throughline] tunnelRoute: expected a DSN of o<organisation>.ingest.sentry.io; envelopes are ' +
        'sent directly',
    );
  }
  return undefined;
}

/**
 * Starts tracing of the page, from instrumentation-client.ts. Page loads, navigations and requests
 * are traced without being asked for.
 *
 * @returns the client; nothing where WebAssembly is not to be had
 */
export function init(options: ClientOptions = {}): Client | undefined {
  const tunnel = quietly(() => tunnelFor(options));
  return initWith(
    {
      defaultIntegrations: [browserTracingIntegration()],
      ...options,
      ...(tunnel !== undefined && { tunnel }),
    },
    { sdkName: 'throughline.javascript.nextjs' },
  );
}
