// The script tag: sets the global `Throughline` and, when the tag says where to send or what to
// trace, starts at once. A second copy finds the first and leaves it alone.
import * as api from './index.js';

type Global = typeof globalThis & { Throughline?: typeof api };

function startFromTag(data: DOMStringMap): void {
  const { dsn, tunnel, release, environment, tracesSampleRate, targets, debug } = data;
  if (dsn === undefined && targets === undefined && tracesSampleRate === undefined) return;
  const list = targets?.split(',').map((target) => target.trim());
  api.init({
    ...(dsn !== undefined && { dsn }),
    ...(tunnel !== undefined && { tunnel }),
    ...(release !== undefined && { release }),
    ...(environment !== undefined && { environment }),
    ...(tracesSampleRate !== undefined && { tracesSampleRate }),
    ...(list && { tracePropagationTargets: list }),
    ...(debug !== undefined && { debug: debug !== 'false' }),
    integrations: [api.browserTracingIntegration()],
  });
}

const scope = globalThis as Global;
if (scope.Throughline) {
  console.warn('[throughline] the script was loaded twice; the first copy stays');
} else {
  scope.Throughline = api;
  const tag = document.currentScript;
  if (tag) startFromTag(tag.dataset);
}
