import { openClient, warn, type Client, type Integration } from '../../api/client.js';
import { getCurrentScope, getGlobalScope } from '../../api/scope.js';
import { quietly } from '../../base/quietly.js';
import { processOptions } from '../../node/environment.js';
import { contextManager } from '../contexts.js';
import { isBuilding } from '../building.js';
import { isTaken, register, VERSION } from '../otel.js';
import type { NextOptions } from '../init.js';
import { isThere } from './async-hooks.js';
import { traceFetch } from './fetch.js';
import { edgeHost } from './host.js';
import { propagator } from './propagator.js';
import { tracerProvider } from './tracer.js';

const api = { context: contextManager, trace: tracerProvider, propagation: propagator };

/** Continues traces of requests, and lets `fetch` carry them on. */
const edgeIntegration: Integration = {
  name: 'Next',
  install: (session) => [traceFetch(session), ...(isTaken(api) ? [] : [register(api, VERSION)])],
};

/**
 * Starts propagation in the edge runtime, from `register()` of instrumentation.ts: requests continue
 * the trace of their caller, and those that they make carry it on. There are no spans, whatever
 * `tracesSampleRate` and `tracesSampler` say, and nothing is sent. While the application is built it
 * does nothing.
 *
 * @returns the client; nothing during a build, and where there is no AsyncLocalStorage
 */
export const init = (wanted?: NextOptions | null): Client | undefined =>
  quietly(() => start(wanted ?? {}));

function start(wanted: NextOptions): Client | undefined {
  if (isBuilding()) return undefined;
  if (!isThere) {
    warn(wanted.debug, 'this runtime has no AsyncLocalStorage: requests pass through untraced');
    return undefined;
  }
  const given = processOptions(wanted, [edgeIntegration]);
  for (const key of ['distDir', 'spotlight', 'tracesSampleRate', 'tracesSampler']) {
    Reflect.deleteProperty(given, key);
  }
  const client = openClient(edgeHost, given);
  // From now on every context carries data of its own.
  if (client) getGlobalScope();
  if (client && wanted.initialScope) quietly(() => getCurrentScope().update(wanted.initialScope));
  return client;
}
