import { current, type Client, type Integration, type Session } from '../api/client.js';
import type { TracePropagationTarget } from '../api/options.js';
import type { Span } from '../api/span.js';
import type { StartSpanOptions } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import { now, timeOrigin } from './clock.js';
import { traceFetch } from './fetch.js';
import { traceHistory } from './history.js';
import { readMetaTags, readServerTiming } from './meta.js';
import { page } from './page.js';
import { startRoute } from './route.js';
import { watchPage } from './signals.js';
import { traceXhr } from './xhr.js';

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
  /** Veto the span of a request; headers do not depend on it. */
  shouldCreateSpanForRequest?: (url: string) => boolean;
  /** Here as in version 7; the option of `init` wins. */
  tracePropagationTargets?: TracePropagationTarget[];
  tracingOrigins?: TracePropagationTarget[];
}

// Crawlers read pages; nobody wants their page loads (lifecycle.md section 1).
const BOTS =
  /Googlebot|Google-InspectionTool|Storebot-Google|Bingbot|Slurp|DuckDuckBot|Baiduspider|YandexBot|Facebot|facebookexternalhit|LinkedInBot|Twitterbot|Applebot/i;

/** Header texts that count instead of those in the page. */
export interface TraceOptions {
  sentryTrace?: string | undefined;
  baggage?: string | undefined;
}

function startPageLoad(
  session: Session,
  given: TraceOptions = {},
  wantsSpan = false,
): Span | undefined {
  const { core } = session;
  const meta = readMetaTags();
  const timing = readServerTiming();
  const started = now();
  const origin = timeOrigin() ?? started;
  const { href } = location;
  const ready = document.readyState === 'loading' ? 0 : 1;
  const prepare = (answered: number): (() => void) => {
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
    );
    return () => {
      core.module.pageLoad(texts, origin, ready, answered, started);
    };
  };
  return startRoute(session, 'pageload', prepare, wantsSpan);
}

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
      startPageLoad(session, traceOptions, true)
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
  const isOn = (option: unknown): boolean => option !== false;
  return {
    name: 'BrowserTracing',
    options,
    install(session) {
      if (BOTS.test(navigator.userAgent)) return [];
      const { shouldCreateSpanForRequest } = options;
      const spanWanted = (url: string): boolean =>
        typeof shouldCreateSpanForRequest !== 'function' ||
        quietly(() => shouldCreateSpanForRequest(url)) !== false;
      const undo: (() => void)[] = [];
      if (page) {
        undo.push(...watchPage(session));
        if (isOn(options.instrumentPageLoad)) startPageLoad(session);
        if (isOn(options.instrumentNavigation)) undo.push(...traceHistory(session));
      }
      if (isOn(options.traceFetch)) undo.push(traceFetch(session, spanWanted));
      if (isOn(options.traceXHR) && 'XMLHttpRequest' in globalThis) {
        undo.push(...traceXhr(session, spanWanted));
      }
      return undo;
    },
  };
}
