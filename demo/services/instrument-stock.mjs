// Loaded with `node --import` before the stock's own code, so that Express, http and fetch are
// instrumented by the time the service asks for them.

import * as Sentry from '@sentry/node';

const { DEMO_SERVICE, DEMO_VIEWER, DEMO_TARGETS = '' } = process.env;

Sentry.init({
  // A DSN that points at the viewer. Any key and project number will do there.
  dsn: DEMO_VIEWER.replace('://', '://public@') + '/1',
  // Spotlight ignores deliveries without a content type, and the SDK sends none by itself.
  transportOptions: { headers: { 'content-type': 'application/x-sentry-envelope' } },
  environment: 'demo',
  release: 'halden@1.0.0',
  serverName: DEMO_SERVICE,
  tracesSampleRate: 1,
  tracePropagationTargets: DEMO_TARGETS.split(',').filter(Boolean),
});
