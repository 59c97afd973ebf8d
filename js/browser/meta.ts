/** Both texts of an incoming trace from one kind of place; empty: not there. */
export interface IncomingTexts {
  sentryTrace: string;
  baggage: string;
}

/**
 * The first tag of each name, in document order; an empty one hides later ones.
 *
 * Spec: propagation.md section 8.1.
 */
export function readMetaTags(): IncomingTexts {
  const content = (name: string): string =>
    document.querySelector(`meta[name=${name}]`)?.getAttribute('content') ?? '';
  return { sentryTrace: content('sentry-trace'), baggage: content('baggage') };
}

/** The items of the navigation entry that bear these names. */
export function readServerTiming(): IncomingTexts {
  const clock = performance as Partial<Performance>;
  const [entry] = (clock.getEntriesByType?.('navigation') ??
    []) as Partial<PerformanceNavigationTiming>[];
  const description = (name: string): string =>
    entry?.serverTiming?.find((item) => item.name === name)?.description ?? '';
  return { sentryTrace: description('sentry-trace'), baggage: description('baggage') };
}
