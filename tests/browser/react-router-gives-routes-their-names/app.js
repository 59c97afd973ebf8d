import { nameRoutes } from 'readme:React Router';
import { browserTracingIntegration, init } from 'throughline';

import { start } from '../support/apps/react-router.js';

init({
  dsn: document.body.dataset.dsn,
  tracesSampleRate: 1,
  integrations: [browserTracingIntegration({ instrumentNavigation: false })],
});
nameRoutes(start());
