// The script tag: sets the global `Throughline` and, when the tag says where to send or what to
// trace, starts at once. A second copy finds the first and leaves it alone.
import * as api from './index.js';

type Global = typeof globalThis & { Throughline?: typeof api };

/** Options that the tag gives as they are. */
const TEXTS = ['dsn', 'tunnel', 'release', 'environment', 'tracesSampleRate'] as const;

function startFromTag(data: DOMStringMap): void {
  const options: api.ClientOptions = { integrations: [api.browserTracingIntegration()] };
  for (const name of TEXTS) {
    const text = data[name];
    if (text !== undefined) options[name] = text;
  }
  const { targets, debug } = data;
  if (targets !== undefined) {
    options.tracePropagationTargets = targets.split(',').map((target) => target.trim());
  }
  if (debug !== undefined) options.debug = debug !== 'false';
  // Who writes none of these starts by calling `init`.
  if ([options.dsn, options.tracesSampleRate, targets].some((given) => given !== undefined)) {
    api.init(options);
  }
}

const scope = globalThis as Global;
if (scope.Throughline) {
  console.warn('[throughline] the script was loaded twice; the first copy stays');
} else {
  scope.Throughline = api;
  // A worker that imports the script has no tag.
  const tag = (globalThis.document as Document | undefined)?.currentScript;
  if (tag) startFromTag(tag.dataset);
}
