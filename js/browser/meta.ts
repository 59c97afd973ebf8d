/** Both texts of an incoming trace from one kind of place; empty: not there. */
export interface IncomingTexts {
  sentryTrace: string;
  baggage: string;
  traceparent: string;
}

const allOf = (read: (name: string) => string): IncomingTexts => ({
  sentryTrace: read('sentry-trace'),
  baggage: read('baggage'),
  traceparent: read('traceparent'),
});

/**
 * The first tag of each name, in document order; an empty one hides later ones.
 *
 * Spec: propagation.md section 8.1.
 */
export function readMetaTags(): IncomingTexts {
  const content = (name: string): string =>
    document.querySelector(`meta[name=${name}]`)?.getAttribute('content') ?? '';
  return allOf(content);
}

/** The items of the navigation entry that bear these names. */
export function readServerTiming(): IncomingTexts {
  const clock = performance as Partial<Performance>;
  const [entry] = (clock.getEntriesByType?.('navigation') ??
    []) as Partial<PerformanceNavigationTiming>[];
  const description = (name: string): string =>
    entry?.serverTiming?.find((item) => item.name === name)?.description ?? '';
  return allOf(description);
}
