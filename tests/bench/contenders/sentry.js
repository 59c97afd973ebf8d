// The peer as its documentation sets it up.
import { browserTracingIntegration, init, startInactiveSpan, startSpan } from '@sentry/browser';

globalThis.contender = {
  init({ dsn, target, tracesSampleRate }) {
    init({
      dsn,
      ...(tracesSampleRate !== undefined && { tracesSampleRate }),
      tracePropagationTargets: [target],
      integrations: [browserTracingIntegration()],
    });
  },
  inRoot: (callback) => startSpan({ name: 'root' }, callback),
  span: (options) => startInactiveSpan(options).end(),
};
