import type { Decision, Session } from '../api/client.js';
import type { RequestHint } from '../api/hooks.js';
import { emit, isHeard } from '../api/listeners.js';
import { RecordedSpan, spanOf, type Span } from '../api/span.js';
import { Reason } from '../core/module.js';
import { quietly } from '../base/quietly.js';
import type { BrowserTracingOptions } from './page-tracing.js';
import { restorePreviousTrace } from './previous-trace.js';
import { onResponse } from './fetch-stream.js';
import { observeRequests } from './http-timings.js';
import { traceClicks } from './interactions.js';
import { endRequest } from './request.js';
import { startRouteWith, type StartRoute } from './route.js';
import { watchPage } from './signals.js';

/**
 * What recording adds to the patches of a page. The propagation entry hands none in, so that its
 * bundle has none.
 */
export interface Recorder {
  /**
   * The user's `shouldCreateSpanForRequest`. Not wanted is one of an XHR that a fetch is made of, as
   * that has one: it goes to the URL of the fetch that is being called, or has the `sentry-trace`
   * that one under way was given.
   *
   * @param headers of an XHR, as `xhrStarts_` gets them
   */
  spanWanted_(url: string, headers?: ReadonlyMap<string, string>): boolean;
  /** Page signals. @returns what undoes it */
  watchPage_(session: Session): (() => void)[];
  /** As in route.ts. */
  startRoute_: StartRoute;
  /** @returns what undoes it */
  watchRequests_(session: Session): (() => void)[];
  /** A fetch has its headers. `theirs`: those of the page. */
  fetchStarts_(
    session: Session,
    decision: Decision,
    url: string,
    theirs: HeadersInit | undefined,
    args: unknown[],
  ): WatchFetch | undefined;
  /** An XHR has its headers, and is about to be sent. @returns ends it, where it did not yet */
  xhrStarts_(
    session: Session,
    decision: Decision,
    xhr: XMLHttpRequest,
    theirs: ReadonlyMap<string, string>,
  ): (() => void) | undefined;
}

/** Calls the original fetch, once, and watches what it answers, which is the result. */
export type WatchFetch = (call: () => Promise<Response>) => Promise<Response>;

type EndOfRequest = (status: number, size: number, headers?: Headers, error?: unknown) => void;

/** Reasons with which the user is shown nothing. */
const UNSEEN: number[] = [Reason.ownRequest, Reason.disabled];

/** Records page loads, navigations and requests. */
export function recorderWith(options: BrowserTracingOptions): Recorder {
  const {
    shouldCreateSpanForRequest: veto,
    beforeStartSpan,
    linkPreviousTrace,
    onRequestSpanStart: onStart,
    onRequestSpanEnd: onEnd,
    _experiments: experiments,
  } = options;
  /** Shows the span to who wants to see it. @returns what ends it; nothing if nobody cares */
  const starts = (
    session: Session,
    { span: handle, reason }: Decision,
    theirs: HeadersInit | undefined,
    request: XMLHttpRequest | unknown[],
  ): EndOfRequest | undefined => {
    if (UNSEEN.includes(reason)) return undefined;
    let span: Span | undefined;
    const show = <Rest>(hook: ((span: Span, rest: Rest) => void) | undefined, rest: Rest): void => {
      if (typeof hook !== 'function') return;
      span ??= spanOf(session.core, handle) ?? new RecordedSpan();
      quietly(() => {
        hook(span!, rest);
      });
    };
    if (isHeard('beforeOutgoingRequestSpan')) {
      show((seen) => {
        const hint: RequestHint = { startTimestamp: session.host.now() };
        if (Array.isArray(request)) hint.input = [...request];
        else hint.xhr = request;
        emit('beforeOutgoingRequestSpan', [seen, hint]);
      }, undefined);
    }
    if (onStart) {
      show(onStart, {
        // Not of an iterator: the browser could not read it any more. Without headers it fails.
        headers: quietly(() =>
          (theirs as { next?: unknown }).next ? undefined : new Headers(theirs),
        ),
      });
    }
    if (!handle && !onEnd) return undefined;
    return (status, size, headers, error) => {
      endRequest(session, handle, status, size);
      show(onEnd, { headers, error });
    };
  };

  let fetching: string | undefined;
  const underWay = new Set<string>();
  const fetched = new WeakSet<ReadonlyMap<string, string>>();

  return {
    spanWanted_(url, headers) {
      if (headers && (url === fetching || underWay.has(headers.get('sentry-trace')!))) {
        fetched.add(headers);
        return false;
      }
      return typeof veto !== 'function' || quietly(() => veto(url)) !== false;
    },
    watchPage_(session) {
      // For those who do not want it the storage is not even opened.
      if (linkPreviousTrace === 'session-storage') restorePreviousTrace(session);
      const clicks = experiments?.enableInteractions ? [traceClicks(options)] : [];
      return [...watchPage(session), ...clicks];
    },
    startRoute_: startRouteWith(beforeStartSpan),
    watchRequests_: (session) =>
      'PerformanceObserver' in globalThis ? [observeRequests(session)] : [],
    fetchStarts_(session, decision, url, theirs, args) {
      const end = starts(session, decision, theirs, args);
      const trace = decision.headers?.['sentry-trace'];
      return (call) => {
        fetching = url;
        try {
          const response = call();
          const settle = (answer?: Response, error?: unknown): void => {
            underWay.delete(trace!);
            quietly(() => {
              const request = answer && onResponse.size && spanOf(session.core, decision.span);
              if (request) {
                for (const see of onResponse) {
                  quietly(() => {
                    see(answer, request);
                  });
                }
              }
              const headers = answer?.headers;
              const size = parseInt(headers?.get('content-length') ?? '', 10) || 0;
              end!(answer ? answer.status : -1, size, headers, error);
            });
          };
          // On the side, with both handlers: the page keeps the promise it would have had.
          if (end) {
            quietly(() => {
              response.then(settle, (error: unknown) => {
                settle(undefined, error);
              });
              if (trace) underWay.add(trace);
            });
          }
          return response;
        } finally {
          fetching = undefined;
        }
      };
    },
    xhrStarts_(session, decision, xhr, theirs) {
      if (fetched.has(theirs)) return undefined;
      let end = starts(session, decision, [...theirs], xhr);
      const done = (): void => {
        xhr.removeEventListener('readystatechange', look);
        // One that is opened anew was given up.
        const status = xhr.readyState === 4 ? xhr.status : 0;
        const headers =
          onEnd &&
          quietly(
            () =>
              new Headers(
                xhr
                  .getAllResponseHeaders()
                  .slice(0, -2)
                  .split('\r\n')
                  .map((line) => line.split(/: (.*)/, 2) as [string, string]),
              ),
          );
        quietly(() => end?.(status, 0, headers));
        end = undefined;
      };
      const look = (): void => {
        if (xhr.readyState === 4) done();
      };
      xhr.addEventListener('readystatechange', look);
      return done;
    },
  };
}
