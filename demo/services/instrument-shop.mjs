// Loaded with `node --import` before the shop's own code. The other service in Node runs
// `@sentry/node` (instrument-stock.mjs): both stand in the same traces.

import { getGlobalScope, httpIntegration, init } from 'throughline/express';

const { DEMO_SERVICE, DEMO_VIEWER, DEMO_TARGETS = '' } = process.env;

init({
  // A DSN that points at the viewer. Any key and project number will do there.
  dsn: DEMO_VIEWER.replace('://', '://public@') + '/1',
  environment: 'demo',
  release: 'halden@1.0.0',
  tracesSampleRate: 1,
  tracePropagationTargets: DEMO_TARGETS.split(',').filter(Boolean),
  integrations: [
    httpIntegration({
      // What the page sends for the demo's own sake is no part of the story.
      ignoreIncomingRequests: (path) => ['/tunnel', '/demo/log'].includes(path),
    }),
  ],
});
getGlobalScope().setTag('service.name', DEMO_SERVICE);
