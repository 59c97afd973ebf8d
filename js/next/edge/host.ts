import type { Host } from '../../api/client.js';
import type { CoreModule } from '../../core/module.js';
import createCore from '../../generated/full-script.mjs';

/** An isolate that compiles no WebAssembly at run time: the core as JavaScript; nothing is sent. */
export const edgeHost: Host = {
  sdkName: 'throughline.javascript.nextjs',
  startModule: () => createCore() as CoreModule,
  now: () => Date.now(),
  fillRandom: (bytes) => {
    crypto.getRandomValues(bytes);
  },
  lookAtPage: () => undefined,
};
