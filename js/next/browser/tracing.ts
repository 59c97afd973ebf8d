import {
  browserTracingIntegration as tracePage,
  startBrowserTracingPageLoadSpan,
  type BrowserTracingOptions,
} from '../../index.js';
import type { Client, Integration } from '../../api/client.js';
import { quietly } from '../../base/quietly.js';
import { nameOfPage } from './names.js';
import { traceNavigations } from './navigations.js';

const startPageLoad = (client: Client) => (): void => {
  const { name, source, router } = nameOfPage();
  startBrowserTracingPageLoadSpan(client, {
    name,
    op: 'pageload',
    startTime: performance.timeOrigin,
    attributes: {
      'sentry.source': source,
      'sentry.origin': `auto.pageload.nextjs.${router}_router_instrumentation`,
    },
  });
};

/**
 * As that of `throughline`; page loads and navigations are those of the routers of Next.js. On
 * without being listed.
 */
export function browserTracingIntegration(options: BrowserTracingOptions = {}): Integration {
  const { instrumentPageLoad, instrumentNavigation } = options;
  const page = tracePage({ ...options, instrumentPageLoad: false, instrumentNavigation: false });
  return {
    ...page,
    install(client) {
      const undo = page.install?.(client) ?? [];
      // What is begun has to be undone, whatever becomes of the rest.
      if (instrumentPageLoad !== false) quietly(startPageLoad(client));
      if (instrumentNavigation !== false) undo.push(...traceNavigations(client));
      return undo;
    },
  };
}
