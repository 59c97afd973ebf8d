// The peer reduced to what we do: tracing alone, without error monitoring and breadcrumbs, and
// without waiting for the resource timing of every request.
import { browserTracingIntegration, init, startInactiveSpan, startSpan } from '@sentry/browser';

globalThis.contender = {
  init({ dsn, target, tracesSampleRate }) {
    init({
      dsn,
      ...(tracesSampleRate !== undefined && { tracesSampleRate }),
      tracePropagationTargets: [target],
      defaultIntegrations: false,
      integrations: [browserTracingIntegration({ enableHTTPTimings: false })],
    });
  },
  inRoot: (callback) => startSpan({ name: 'root' }, callback),
  span: (options) => startInactiveSpan(options).end(),
};
