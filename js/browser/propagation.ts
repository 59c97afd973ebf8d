import { pageHost } from './host.js';
import type { ClientOptions } from '../api/options.js';
import createCore from '../generated/propagation-glue.mjs';
import type { CoreModule } from '../core/module.js';
import { startModule } from '../core/start.js';
import { openClient, type Client, type Integration } from '../api/client.js';
import { tracePage, type BrowserTracingOptions } from './page-tracing.js';
import { embedded } from '../generated/propagation-embedded.js';

/**
 * Continues the trace that the server put into the page, starts a fresh one with every
 * navigation, and lets requests carry it on.
 */
export function browserTracingIntegration(options: BrowserTracingOptions = {}): Integration {
  return { name: 'BrowserTracing', options, install: (session) => tracePage(session, options) };
}

/**
 * Starts propagation; done when it returns. Options about spans and delivery have no effect.
 *
 * Nothing that is wrong with the options or the host reaches the page: what can still work does,
 * the rest is off. With `debug` the console says what and why.
 *
 * @returns the client; nothing where the core could not be started
 */
export function init(options?: ClientOptions | null): Client | undefined {
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  return openClient(pageHost(start), options);
}
