import { warn, type Client } from '../api/client.js';
import { expressIntegration } from '../express/integration.js';
import { startProcess } from '../node/init.js';
import { httpIntegration, nativeNodeFetchIntegration } from '../node/integrations.js';
import type { NodeOptions } from '../node/options.js';
import { isBuilding } from './building.js';
import { isTaken } from './otel.js';
import { pageNames } from './pages.js';
import { api, nextIntegration } from './register.js';
import { toldHere } from './told.js';

/** Options of `init` in the server of a Next.js application. */
export interface NextOptions extends NodeOptions {
  /** Folder of the build; default: as `distDir` of what `withThroughlineConfig` made. */
  distDir?: string;
}

/**
 * Starts tracing of the server, from `register()` of instrumentation.ts. While the application is
 * built it does nothing.
 *
 * Where another OpenTelemetry set-up is registered already, that one has the spans of Next.js; then
 * requests are traced as in any other Node process, named by their pages, and pages get no tags by
 * themselves.
 *
 * @returns the client; nothing during a build and where WebAssembly is not to be had
 */
export function initNext(wanted?: NextOptions | null): Client | undefined {
  if (isBuilding()) return undefined;
  const told = toldHere();
  const { distDir = told.distDir, ...options } = wanted ?? {};
  const taken = isTaken(api);
  if (taken) {
    warn(
      options.debug,
      'another OpenTelemetry set-up runs here: it keeps the spans of Next.js, and pages get no meta ' +
        'tags by themselves (see getTraceData)',
    );
  } else {
    // Next.js would record each request of `fetch` a second time.
    process.env['NEXT_OTEL_FETCH_DISABLED'] = '1';
  }
  return startProcess(options, 'throughline.javascript.nextjs', [
    httpIntegration(taken ? {} : { disableIncomingRequestSpans: true }),
    nativeNodeFetchIntegration(),
    expressIntegration(),
    taken ? pageNames({ ...told, distDir }) : nextIntegration({ ...told, distDir }),
  ]);
}
