// The npm entry `throughline/streaming`: all of the main one, with a core that can stream spans.
import { openClient } from './api/client.js';
import { getCurrentScope } from './api/scope.js';
import { quietly } from './base/quietly.js';
import { browserHost } from './browser/host.js';
import type { CoreModule } from './core/module.js';
import { startModule } from './core/start.js';
import createCore from './generated/streaming-glue.mjs';
import { embedded } from './generated/streaming-embedded.js';
import type { Client, ClientOptions } from './index.js';
import { streamingHost } from './streaming/lifecycle.js';

/** As `init` of the main entry, which it takes the place of: a page has one of the two. */
export function init(options: ClientOptions = {}): Client | undefined {
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  const client = openClient(streamingHost(browserHost(start)), options);
  // It may be a function of the page.
  if (client && options.initialScope) quietly(() => getCurrentScope().update(options.initialScope));
  return client;
}

export { spanStreamingIntegration, withStreamedSpan } from './streaming/options.js';
export * from './index.js';
