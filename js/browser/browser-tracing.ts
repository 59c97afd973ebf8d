import { current, type Client, type Integration } from '../api/client.js';
import type { TraceOptions } from '../api/hooks.js';
import { timeNumber, type Span } from '../api/span.js';
import type { StartSpanOptions } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import { startPageLoad, tracePage, type BrowserTracingOptions } from './page-tracing.js';
import { navigationEvent, NavigationKind } from './history.js';
import { resolve } from './page.js';
import { fetchStreamPerformanceIntegration } from './fetch-stream.js';
import { recorderWith, type Recorder } from './recorder.js';

/** Options of `startBrowserTracingNavigationSpan`. */
export interface NavigationOptions {
  /** Where the page goes; default: where it is. */
  url?: string;
  /** The change belongs to the route that is open. */
  isRedirect?: boolean;
}

/** Of the integration that was installed last. */
let recorder: Recorder | undefined;

/** Who starts a route span by hand names it, so it is not made of the URL. */
function byHand(options: StartSpanOptions): StartSpanOptions {
  const defaults = { 'sentry.source': 'custom', 'sentry.origin': 'manual' };
  return { ...options, attributes: { ...defaults, ...options.attributes } };
}

/**
 * Starts the page-load span by hand, where `instrumentPageLoad` is off.
 *
 * @param traceOptions an incoming trace that wins over the one in the page
 * @returns the span; nothing without the integration or without performance tracing
 */
export function startBrowserTracingPageLoadSpan(
  _client: Client,
  options: StartSpanOptions,
  traceOptions?: TraceOptions,
): Span | undefined {
  const session = current();
  return (
    session &&
    quietly(() => {
      const start = timeNumber(options.startTime) || session.host.now();
      return (
        recorder &&
        startPageLoad(session, recorder.startRoute_, traceOptions, byHand(options), start)
      );
    })
  );
}

/**
 * Starts a navigation span, and a new trace, by hand: for routers that know the name of the route,
 * where `instrumentNavigation` is off.
 *
 * @returns the span; nothing without the integration or without performance tracing
 */
export function startBrowserTracingNavigationSpan(
  _client: Client,
  options: StartSpanOptions,
  { url = location.href, isRedirect }: NavigationOptions = {},
): Span | undefined {
  const session = current();
  return (
    session &&
    quietly(() => {
      const { core, host } = session;
      const kind = isRedirect ? NavigationKind.redirect : NavigationKind.manual;
      const now = host.now();
      const to = resolve(url)?.href ?? url;
      const event = navigationEvent(core, to, now, kind, timeNumber(options.startTime) || now);
      return recorder?.startRoute_(session, {
        ...event,
        options: byHand(options),
        wantsSpan: true,
      });
    })
  );
}

/** With the option `enableReportPageLoaded`: the page is there, its load ends now. */
export const reportPageLoaded: (client?: Client) => void = () => {
  const session = current();
  if (!session) return;
  quietly(() => {
    const { core, host } = session;
    const now = host.now();
    core.run(() => core.raw.tl_report_page_loaded(now));
  });
};

/**
 * Page loads, navigations and requests: continues the trace that the server put into the page,
 * starts a fresh one with every navigation, and lets requests carry it on.
 */
export function browserTracingIntegration(options: BrowserTracingOptions = {}): Integration {
  return {
    name: 'BrowserTracing',
    options: { ...options, ...options._experiments },
    install(session) {
      recorder = recorderWith(options);
      const forget = (): void => {
        recorder = undefined;
      };
      return [
        ...tracePage(session, options, recorder),
        ...(options.trackFetchStreamPerformance
          ? fetchStreamPerformanceIntegration().install!(session)
          : []),
        forget,
      ];
    },
  };
}
