import { nameRoutes } from 'readme:Vue Router';
import { browserTracingIntegration, init } from 'throughline';

import { start } from '../support/apps/vue-router.js';

init({
  dsn: document.body.dataset.dsn,
  tracesSampleRate: 1,
  integrations: [browserTracingIntegration({ instrumentNavigation: false })],
});
start(nameRoutes);
