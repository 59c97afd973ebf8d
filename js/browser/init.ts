import { openClient, type Client, type Host } from '../api/client.js';
import type { ClientOptions } from '../api/options.js';
import { extendClient } from '../api/processing.js';
import { getCurrentScope } from '../api/scope.js';
import { quietly } from '../base/quietly.js';
import { startModule } from '../core/start.js';
import type { CoreModule } from '../core/module.js';
import createCore from '../generated/browser-glue.mjs';
import { embedded } from '../generated/browser-embedded.js';
import { browserHost } from './host.js';

/**
 * Starts tracing; done when it returns.
 *
 * Nothing that is wrong with the options, the host or the network reaches the page: what can
 * still work does, the rest is off. With `debug` the console says what and why.
 *
 * @returns the client; nothing where the core could not be started
 */
export function init(options?: ClientOptions | null): Client | undefined;
/** @param own what is different under an entry that stands on this one */
export function init(options?: ClientOptions | null, own?: Partial<Host>): Client | undefined {
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  const host = { ...browserHost(start), extend_: extendClient, ...own };
  const client = openClient(host, options);
  // It may be a function of the page.
  const initialScope = client?.getOptions().initialScope;
  if (initialScope) quietly(() => getCurrentScope().update(initialScope));
  return client;
}
