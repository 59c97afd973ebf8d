import type { BeforeStartSpan, StartRoute } from './route.js';
import { readMetaTags, readServerTiming } from './meta.js';
import { traceHistory } from './history.js';
import type { StartSpanOptions } from '../api/trace.js';
import { page } from './page.js';
import type { Recorder } from './recorder.js';
import type { Session } from '../api/client.js';
import type { TraceOptions } from '../api/hooks.js';
import type { Span } from '../api/span.js';
import { traceXhr } from './xhr.js';
import { traceFetch } from './fetch.js';
import type { TracePropagationTarget } from '../api/options.js';

/** Options of `browserTracingIntegration`, named as in `@sentry/browser`; times in milliseconds. */
export interface BrowserTracingOptions {
  /** A route span ends this long after its last activity. Default 1000. */
  idleTimeout?: number;
  /** … and this long after it was created at the latest. Default 30000. */
  finalTimeout?: number;
  /** … or when this long nothing was started below it while something is open. Default 15000. */
  childSpanTimeout?: number;
  /** Record the page load. Default true. */
  instrumentPageLoad?: boolean;
  /** Start a new trace with every change of URL. Default true. */
  instrumentNavigation?: boolean;
  /** Patch `fetch`: headers and spans. Default true. */
  traceFetch?: boolean;
  /** Patch XMLHttpRequest: headers and spans. Default true. */
  traceXHR?: boolean;
  /** A hidden page ends its route span. Default true. */
  markBackgroundSpan?: boolean;
  /** A change of URL right after a start, without a click or key, is a redirect. Default true. */
  detectRedirects?: boolean;
  /** What a root tells of the trace before its own, and where that is kept. Default `in-memory`. */
  linkPreviousTrace?: 'in-memory' | 'session-storage' | 'off';
  /** A root takes over the decision of the trace before its own. Default false. */
  consistentTraceSampling?: boolean;
  /** The page load ends when `reportPageLoaded` is called. Default false. */
  enableReportPageLoaded?: boolean;
  /** Add what the browser measured of a request to its span. Default true. */
  enableHTTPTimings?: boolean;
  /** As the integration `fetchStreamPerformanceIntegration`. Default false. */
  trackFetchStreamPerformance?: boolean;
  /** Not settled yet. */
  _experiments?: {
    /** A click outside of routes begins a root, which ends as routes do. Default false. */
    enableInteractions?: boolean;
  };
  /** May replace the start options of page-load and navigation spans. */
  beforeStartSpan?: BeforeStartSpan;
  /** Veto the span of a request; headers do not depend on it. */
  shouldCreateSpanForRequest?: (url: string) => boolean;
  /**
   * Sees the span of a request that has got its headers; those that the page set itself come along.
   * What is not recorded has a placeholder, here and below.
   */
  onRequestSpanStart?: (span: Span, info: { headers: Headers | undefined }) => void;
  /** Sees it once it has ended, with the headers of the answer or the error of `fetch`. */
  onRequestSpanEnd?: (span: Span, info: { headers: Headers | undefined; error: unknown }) => void;
  /** Here as in version 7; the option of `init` wins. */
  tracePropagationTargets?: TracePropagationTarget[];
  tracingOrigins?: TracePropagationTarget[];
}

// Crawlers read pages; nobody wants their page loads (lifecycle.md section 1).
const BOTS =
  /Googlebot|Google-InspectionTool|Storebot-Google|Bingbot|Slurp|DuckDuckBot|Baiduspider|YandexBot|Facebot|facebookexternalhit|LinkedInBot|Twitterbot|Applebot/i;

/**
 * Tells the core that the page loads, and where its trace may come from.
 *
 * @param given header texts that count instead of those in the page
 * @param options of the span; nothing: what the core makes of the URL
 * @param startTime as `timeNumber` gives it; nothing: when the page began to load
 * @returns as `StartRoute`
 */
export function startPageLoad(
  session: Session,
  startRoute: StartRoute,
  given: TraceOptions = {},
  options?: StartSpanOptions,
  startTime?: number,
): Span | undefined {
  const { core, host } = session;
  const meta = readMetaTags();
  const timing = readServerTiming();
  const now = host.now();
  const start = startTime ?? host.timeOrigin?.() ?? now;
  const { href } = location;
  const ready = document.readyState === 'loading' ? 0 : 1;
  return startRoute(session, {
    kind: 'pageload',
    href,
    start,
    options,
    wantsSpan: options !== undefined,
    trace: given,
    prepare(route, answered) {
      const texts = core.texts(
        given.sentryTrace ?? '',
        meta.sentryTrace,
        timing.sentryTrace,
        given.baggage ?? '',
        meta.baggage,
        timing.baggage,
        '',
        meta.traceparent,
        timing.traceparent,
        href,
        ...route,
      );
      return () => core.raw.tl_page_load(texts, start, ready, answered, now);
    },
  });
}

// Without spans there is nothing to ask anybody.
const enterRoute: StartRoute = ({ core }, { prepare }) => {
  core.run(prepare([], 0));
  return undefined;
};

/**
 * Sets up what the options say: continues the trace that the server put into the page, starts a
 * fresh one with every navigation, and lets requests carry it on.
 *
 * @param recorder records all that as well
 * @returns what undoes it
 */
export function tracePage(
  session: Session,
  options: BrowserTracingOptions,
  recorder?: Recorder,
): (() => void)[] {
  if (BOTS.test(navigator.userAgent)) return [];
  const isOn = (option: unknown): boolean => option !== false;
  const startRoute = recorder?.startRoute_ ?? enterRoute;
  const undo: (() => void)[] = [];
  if (page) {
    undo.push(...(recorder?.watchPage_(session) ?? []));
    if (isOn(options.instrumentPageLoad)) startPageLoad(session, startRoute);
    if (isOn(options.instrumentNavigation)) undo.push(...traceHistory(session, startRoute));
  }
  if (recorder && isOn(options.enableHTTPTimings)) undo.push(...recorder.watchRequests_(session));
  if (isOn(options.traceFetch)) undo.push(traceFetch(session, recorder));
  if (isOn(options.traceXHR) && 'XMLHttpRequest' in globalThis) {
    undo.push(...traceXhr(session, recorder));
  }
  return undo;
}
