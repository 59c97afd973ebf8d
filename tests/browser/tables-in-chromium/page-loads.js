// Runs a case of meta-tags.json in the page that it describes.

/** Trace data, and tags made of it, inside `continueTrace` (and a span, if one is named). */
globalThis.emitted = ({ sentryTrace, baggage, span, twp, propagateTraceparent }) => {
  Throughline.init({
    dsn: 'https://pub@o42.ingest.example.io/7',
    ...(!twp && { tracesSampleRate: 1 }),
  });
  const options = propagateTraceparent ? [{ propagateTraceparent }] : [];
  const read = () => {
    const data = Throughline.getTraceData(...options);
    return { data, html: Throughline.getTraceMetaTags(data) };
  };
  return Throughline.continueTrace({ sentryTrace, baggage }, () =>
    span ? Throughline.startSpan({ name: span }, read) : read(),
  );
};

/** @returns trace data of the page, once its load is sent */
globalThis.loaded = async ({ traceOptions, options: { twp, ...options } = {} }) => {
  Throughline.init({
    dsn: 'https://pub@o42.ingest.example.io/7',
    release: 'app@1.0',
    ...(!twp && { tracesSampleRate: 1 }),
    ...options,
    integrations: [
      Throughline.browserTracingIntegration({ idleTimeout: 50, instrumentPageLoad: !traceOptions }),
    ],
  });
  if (traceOptions) {
    const client = Throughline.getClient();
    Throughline.startBrowserTracingPageLoadSpan(client, { name: '/' }, traceOptions);
  }
  const data = Throughline.getTraceData();
  while (Throughline.getActiveSpan()) await new Promise((resolve) => setTimeout(resolve, 10));
  await Throughline.flush();
  return data;
};
