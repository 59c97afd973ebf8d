import type { CoreModule } from '../../../js/core/module.js';
import { startModule } from '../../../js/core/start.js';
import { byteLength, bytes } from '../../../js/generated/browser-bytes.js';
import createCore from '../../../js/generated/browser-glue.mjs';

/** The module as it was built, started. */
export function startBuilt(): CoreModule {
  return startModule(bytes, byteLength, createCore) as CoreModule;
}
