// Ours, as the script tag brings it.
globalThis.contender = {
  init({ dsn, target, tracesSampleRate, decoys = 0 }) {
    const others = Array.from({ length: decoys }, (_, i) => `https://service-${i}.example/`);
    Throughline.init({
      dsn,
      ...(tracesSampleRate !== undefined && { tracesSampleRate }),
      tracePropagationTargets: [...others, target],
      integrations: [Throughline.browserTracingIntegration()],
    });
  },
  inRoot: (callback) => Throughline.startSpan({ name: 'root' }, callback),
  span: (options) => Throughline.startInactiveSpan(options).end(),
};
