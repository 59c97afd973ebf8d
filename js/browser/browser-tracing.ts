import { current, type Client, type Integration } from '../api/client.js';
import type { Span } from '../api/span.js';
import type { StartSpanOptions } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import {
  startPageLoad,
  tracePage,
  type BrowserTracingOptions,
  type TraceOptions,
} from './page-tracing.js';
import { recorderWith } from './recorder.js';
import { startRoute } from './route.js';

/**
 * Starts the page-load span by hand, where `instrumentPageLoad` is off.
 *
 * @param traceOptions an incoming trace that wins over the one in the page
 * @returns the span; nothing without performance tracing
 */
export function startBrowserTracingPageLoadSpan(
  _client: Client,
  { name, attributes }: StartSpanOptions,
  traceOptions?: TraceOptions,
): Span | undefined {
  const session = current();
  return (
    session &&
    quietly(() =>
      startPageLoad(session, startRoute, traceOptions, true)
        ?.updateName(name)
        .setAttributes(attributes ?? {}),
    )
  );
}

/**
 * Page loads, navigations and requests: continues the trace that the server put into the page,
 * starts a fresh one with every navigation, and lets requests carry it on.
 */
export function browserTracingIntegration(options: BrowserTracingOptions = {}): Integration {
  return {
    name: 'BrowserTracing',
    options,
    install: (session) =>
      tracePage(session, options, recorderWith(options.shouldCreateSpanForRequest)),
  };
}
