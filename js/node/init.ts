import { current, openClient, type Client } from '../api/client.js';
import type { ClientOptions } from '../api/options.js';
import { getCurrentScope, getGlobalScope } from '../api/scope.js';
import { quietly } from '../base/quietly.js';
import { Cell, type CoreModule } from '../core/module.js';
import { startModule } from '../core/start.js';
import { embedded } from '../generated/full-embedded.js';
import createCore from '../generated/full-glue.mjs';
import { optionsFrom, traceFrom } from './environment.js';
import type { ServerExports } from './exports.js';
import { enterTrace } from './fork-stack.js';
import { nodeHost } from './host.js';
import { getDefaultIntegrations } from './integrations.js';

/** Sends what is due before a process ends that has nothing left to do. */
const onBeforeExit = (): void => {
  void current()?.flush();
};

/**
 * Starts tracing of this process; a second call replaces the options. Best from a file that is given
 * to `node --import`. Never throws.
 *
 * @returns the client; nothing where WebAssembly is not to be had
 */
export function init(options: ClientOptions = {}): Client | undefined {
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  const isSecond = current() !== undefined;
  const client = openClient(nodeHost(start), {
    defaultIntegrations: getDefaultIntegrations(),
    // A server has no origin of its own: headers go wherever requests go.
    ...(options.tracingOrigins ? undefined : { tracePropagationTargets: [''] }),
    ...optionsFrom(process.env),
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    // Spans are children of the active one, as everywhere but in pages.
    parentSpanIsAlwaysRootSpan: false,
  });
  if (!client || isSecond) return client;
  // From now on every context carries data of its own.
  getGlobalScope();
  quietly(() => {
    const given = traceFrom(process.env);
    const { core } = current()!;
    const raw = core.raw as ServerExports;
    let scope = 1;
    if (given) {
      const texts = core.texts(given.trace, given.baggage, '');
      core.run(() => raw.tl_open_request(texts));
      scope = core.cells[Cell.spanHandle]! || 1;
    }
    enterTrace(scope);
  });
  if (options.initialScope) quietly(() => getCurrentScope().update(options.initialScope));
  process.off('beforeExit', onBeforeExit).on('beforeExit', onBeforeExit);
  return client;
}
