import type { Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import type { BrowserTracingOptions } from './page-tracing.js';
import { restorePreviousTrace } from './previous-trace.js';
import { endRequest } from './request.js';
import { startRouteWith, type StartRoute } from './route.js';
import { watchPage } from './signals.js';

/**
 * What recording adds to the patches of a page. The propagation entry hands none in, so that its
 * bundle has none.
 */
export interface Recorder {
  /** The user's `shouldCreateSpanForRequest`. */
  spanWanted_(url: string): boolean;
  /** Page signals. @returns what undoes it */
  watchPage_(session: Session): (() => void)[];
  /** As in route.ts. */
  startRoute_: StartRoute;
  /** Ends the span when the promise settles. */
  watchFetch_(session: Session, span: number, response: Promise<Response>): void;
  /** Ends the span when the request does. */
  watchXhr_(session: Session, span: number, xhr: XMLHttpRequest): void;
}

function watchFetch(session: Session, span: number, response: Promise<Response>): void {
  // On the side, with both handlers: the page keeps the promise it would have had.
  response.then(
    ({ status, headers }) => {
      quietly(() => {
        const size = parseInt(headers.get('content-length') ?? '', 10) || 0;
        endRequest(session, span, status, size);
      });
    },
    () => {
      quietly(() => {
        endRequest(session, span, -1, 0);
      });
    },
  );
}

function watchXhr(session: Session, span: number, xhr: XMLHttpRequest): void {
  const done = (): void => {
    if (xhr.readyState !== 4) return;
    xhr.removeEventListener('readystatechange', done);
    quietly(() => {
      endRequest(session, span, xhr.status, 0);
    });
  };
  xhr.addEventListener('readystatechange', done);
}

/** Records page loads, navigations and requests. */
export const recorderWith = ({
  shouldCreateSpanForRequest: veto,
  beforeStartSpan,
  linkPreviousTrace,
}: BrowserTracingOptions): Recorder => ({
  spanWanted_: (url) => typeof veto !== 'function' || quietly(() => veto(url)) !== false,
  watchPage_(session) {
    // For those who do not want it the storage is not even opened.
    if (linkPreviousTrace === 'session-storage') restorePreviousTrace(session);
    return watchPage(session);
  },
  startRoute_: startRouteWith(beforeStartSpan),
  watchFetch_: watchFetch,
  watchXhr_: watchXhr,
});
