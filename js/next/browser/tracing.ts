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

/** Requests that Next.js makes ahead are told apart: nobody waits for them. */
const noteAhead =
  (next: BrowserTracingOptions['onRequestSpanStart']): NonNullable<typeof next> =>
  (span, info) => {
    if (info.headers?.has('next-router-prefetch')) span.setAttribute('http.request.prefetch', true);
    if (typeof next === 'function') next(span, info);
  };

/**
 * As that of `throughline`; page loads and navigations are those of the routers of Next.js. On
 * without being listed.
 */
export function browserTracingIntegration(options: BrowserTracingOptions = {}): Integration {
  const { instrumentPageLoad, instrumentNavigation, onRequestSpanStart } = options;
  const page = tracePage({
    ...options,
    instrumentPageLoad: false,
    instrumentNavigation: false,
    onRequestSpanStart: noteAhead(onRequestSpanStart),
  });
  return {
    ...page,
    // As they were given: what is wrong with them has to be told.
    options,
    install(client) {
      const undo = page.install?.(client) ?? [];
      // What is begun has to be undone, whatever becomes of the rest.
      if (instrumentPageLoad !== false) quietly(startPageLoad(client));
      if (instrumentNavigation !== false) undo.push(...traceNavigations(client));
      return undo;
    },
  };
}
