import { current, openClient, type Client, type Integration } from '../api/client.js';
import { getCurrentScope, getGlobalScope } from '../api/scope.js';
import { quietly } from '../base/quietly.js';
import type { CoreModule } from '../core/module.js';
import { startModule } from '../core/start.js';
import { embedded } from '../generated/full-embedded.js';
import createCore from '../generated/full-glue.mjs';
import { processOptions, traceFrom } from './environment.js';
import type { ServerExports } from './exports.js';
import { enterTrace } from './fork-stack.js';
import { nodeHost } from './host.js';
import { streamingHost } from '../streaming/lifecycle.js';
import { continueCaller } from './caller.js';
import { getDefaultIntegrations } from './integrations.js';
import type { NodeOptions } from './options.js';
import { tellPassed } from './passing.js';
import { connectSpotlight, DSN_OF_NOBODY, showingWhatIsSent } from './spotlight.js';

/** Milliseconds between two reports about what was lost. */
const REPORT_INTERVAL = 60_000;

/** Sends what is due, and what is to be said about what was lost. */
const report = (): void => {
  quietly(() => {
    const session = current();
    if (!session?.core.alive) return;
    tellPassed(session);
    const { core } = session;
    const raw = core.raw as ServerExports;
    core.run(() => raw.tl_flush_spans());
    core.run(() => raw.tl_want_report());
  });
};
let reporting: NodeJS.Timeout | undefined;

/**
 * Starts tracing of this process; a second call replaces the options. Best from a file that is given
 * to `node --import`. Never throws.
 *
 * @returns the client; nothing where WebAssembly is not to be had
 */
export function init(wanted?: NodeOptions | null): Client | undefined {
  return startProcess(wanted ?? {}, 'throughline.javascript.node', getDefaultIntegrations());
}

/** As `init`, for whoever names itself and has other integrations. */
export function startProcess(
  options: NodeOptions,
  sdkName: string,
  defaultIntegrations: Integration[],
): Client | undefined {
  const { spotlight, ...others } = options;
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  const isSecond = current() !== undefined;
  const given = processOptions(others, defaultIntegrations);
  const isShown = connectSpotlight(spotlight, process.env, given.debug);
  // Where nobody else gets them, a tunnel is for nobody either, nor is a transport.
  const shown = isShown && {
    transport: showingWhatIsSent(given.transport),
    ...(!given.dsn && { dsn: DSN_OF_NOBODY, tunnel: '', transport: undefined }),
  };
  const client = openClient(streamingHost(nodeHost(start, sdkName)), { ...given, ...shown });
  if (!client || isSecond) return client;
  // From now on every context carries data of its own.
  getGlobalScope();
  quietly(() => {
    const caller = traceFrom(process.env);
    const { core } = current()!;
    let scope = 1;
    if (caller) {
      scope = continueCaller(core, caller.trace, caller.baggage) || 1;
    }
    enterTrace(scope);
  });
  if (options.initialScope) quietly(() => getCurrentScope().update(options.initialScope));
  // A process that has nothing left to do tells the last of it.
  process.off('beforeExit', report).on('beforeExit', report);
  clearInterval(reporting);
  reporting = setInterval(report, REPORT_INTERVAL).unref();
  return client;
}
