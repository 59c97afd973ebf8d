import { openClient } from '../api/client.js';
import { getCurrentScope } from '../api/scope.js';
import { quietly } from '../base/quietly.js';
import { browserHost } from '../browser/host.js';
import type { CoreModule } from '../core/module.js';
import { startModule } from '../core/start.js';
import createCore from '../generated/streaming-glue.mjs';
import { embedded } from '../generated/streaming-embedded.js';
import type { Client, ClientOptions } from '../index.js';
import { streamingHost } from './lifecycle.js';

/** As `init` of the main entry, which it takes the place of: a page has one of the two. */
export function init(options?: ClientOptions | null): Client | undefined {
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  const client = openClient(streamingHost(browserHost(start)), options);
  // It may be a function of the page.
  const initialScope = client?.getOptions().initialScope;
  if (initialScope) quietly(() => getCurrentScope().update(initialScope));
  return client;
}
