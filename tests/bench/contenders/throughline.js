// Ours, as the script tag brings it.
globalThis.contender = {
  init({ dsn, target, tracesSampleRate }) {
    Throughline.init({
      dsn,
      ...(tracesSampleRate !== undefined && { tracesSampleRate }),
      tracePropagationTargets: [target],
      integrations: [Throughline.browserTracingIntegration()],
    });
  },
  inRoot: (callback) => Throughline.startSpan({ name: 'root' }, callback),
  span: (options) => Throughline.startInactiveSpan(options).end(),
};
