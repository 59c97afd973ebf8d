import type { CoreModule } from '../../../js/core/module.js';
import { startModule } from '../../../js/core/start.js';
import { embedded } from '../../../js/generated/browser-embedded.js';
import createCore from '../../../js/generated/browser-glue.mjs';

/** The module as it was built, started. */
export function startBuilt(): CoreModule {
  return startModule(embedded, createCore) as CoreModule;
}
