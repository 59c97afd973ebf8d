import type { Integration } from '../api/client.js';
import { warn } from '../api/client.js';
import { expressIntegration } from '../express/integration.js';
import type { ServerExports } from './exports.js';
import { traceUndici, type FetchOptions } from './fetch.js';
import { traceServers, type IncomingOptions } from './incoming.js';
import { traceRequests, type OutgoingOptions } from './outgoing.js';

/** Options of `httpIntegration`. */
export type HttpOptions = IncomingOptions & OutgoingOptions;

const isCode = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 600;

/** First and last of an entry; nothing where it is neither a code nor a pair of them. */
function rangeOf(entry: unknown): [number, number] | undefined {
  const [first, last = first, ...more] = [entry].flat();
  return isCode(first) && isCode(last) && more.length === 0 ? [first, last] : undefined;
}

/**
 * Traces requests that come in and that go out by `node:http` and `node:https`. On without being
 * named; named, its options replace the defaults.
 */
export function httpIntegration(options: HttpOptions = {}): Integration {
  return {
    name: 'Http',
    install(session) {
      const { core } = session;
      const raw = core.raw as ServerExports;
      const { dropSpansForIncomingRequestStatusCodes: codes, ignoreStaticAssets } = options;
      const given: unknown = codes;
      core.run(() => raw.tl_ignore_static_assets(ignoreStaticAssets === false ? 0 : 1));
      if (Array.isArray(given)) {
        core.run(() => raw.tl_drop_status_codes(-1, -1));
        for (const entry of given as unknown[]) {
          const range = rangeOf(entry);
          if (range) core.run(() => raw.tl_drop_status_codes(...range));
          else {
            warn(
              session.options.debug,
              'httpIntegration.dropSpansForIncomingRequestStatusCodes: expected status codes or ' +
                `pairs of them, got ${JSON.stringify(entry)}; this entry is left out`,
            );
          }
        }
      } else if (given !== undefined) {
        warn(
          session.options.debug,
          'httpIntegration.dropSpansForIncomingRequestStatusCodes: expected a list, got ' +
            `${typeof given}; as if it were not set`,
        );
      }
      return [traceServers(session, options), traceRequests(session, options)];
    },
  };
}

/** Traces requests by `fetch` and undici. On without being named. */
export function nativeNodeFetchIntegration(options: FetchOptions = {}): Integration {
  return {
    name: 'NodeFetch',
    install: (session) => [traceUndici(session, options)],
  };
}

/** The integrations that are there without being listed. */
export function getDefaultIntegrations(): Integration[] {
  return [httpIntegration(), nativeNodeFetchIntegration(), expressIntegration()];
}
