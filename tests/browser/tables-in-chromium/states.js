// Makes the two requests of a case of request-headers.json, in the state that it names.
const UPSTREAM = '12312012123120121231201212312012';

const within = {
  manual: ['manual', 'custom'],
  manualUrl: ['/m/1', 'url'],
  manualRoute: ['/m/:id', 'route'],
};
const scopes = {
  suppress: (run) => Throughline.suppressTracing(run),
  newTrace: (run) => Throughline.startNewTrace(run),
  continued: (run) =>
    Throughline.continueTrace(
      { sentryTrace: `${UPSTREAM}-1121201211212012-1`, baggage: 'sentry-release=up' },
      run,
    ),
};

const routeIsOver = async () => {
  while (Throughline.getActiveSpan()) await new Promise((resolve) => setTimeout(resolve, 10));
};

function request({ xhr }, number) {
  const url = `/api?${number}`;
  if (!xhr) return fetch(url);
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.onloadend = resolve;
    asked.open('GET', url);
    asked.send();
  });
}

/** @returns the trace of the page, once all that was recorded is sent */
globalThis.requestsOf = async (given) => {
  const { twp, stream, ...options } = given.options ?? {};
  Throughline.init({
    dsn: 'https://pub@o42.ingest.example.io/7',
    release: 'app@1.0',
    ...(!twp && { tracesSampleRate: 1 }),
    ...options,
    integrations: [
      Throughline.browserTracingIntegration({
        idleTimeout: 100,
        ...(given.noSpan && { shouldCreateSpanForRequest: () => false }),
      }),
      ...(stream ? [Throughline.spanStreamingIntegration()] : []),
    ],
  });
  const pageTrace = Throughline.getTraceData()['sentry-trace'].slice(0, 32);
  // The table makes them at once, or when the page load is over.
  if (given.at > 1000) await routeIsOver();
  const both = () => Promise.all([request(given, 1), request(given, 2)]);
  const [name, source] = within[given.within] ?? [];
  if (name) {
    const attributes = { 'sentry.source': source };
    await Throughline.startSpan({ name, parentSpan: null, attributes }, both);
  } else {
    await (scopes[given.within] ?? ((run) => run()))(both);
  }
  await routeIsOver();
  await Throughline.flush();
  return pageTrace;
};
