import { openClient, type Client } from '../../../js/api/client.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { browserTracingIntegration } from '../../../js/browser/browser-tracing.js';
import { browserHost } from '../../../js/browser/host.js';
import type { CoreModule } from '../../../js/core/module.js';
import { startBuilt } from './built.js';

/** Starts tracing of the page, requests to anywhere included; needs the page environment. */
export function tracePage(
  options: ClientOptions = {},
  module: CoreModule = startBuilt(),
): Client | undefined {
  return openClient(
    browserHost(() => module),
    {
      dsn: 'https://public@collector.test/1',
      tracePropagationTargets: [''],
      integrations: [browserTracingIntegration()],
      ...options,
    },
  );
}

/** Makes every call of the hot door fail, as a core does that trapped. */
export function breakCore({ raw }: CoreModule): void {
  for (const name of Object.keys(raw)) {
    Object.assign(raw, {
      [name]: () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
    });
  }
}
