import type { Integration } from '../api/client.js';

/** Does nothing on a server: for files that both sides import. */
export const browserTracingIntegration: (options?: object) => Integration = () => ({
  name: 'BrowserTracing',
});

/**
 * For `onRouterTransitionStart` of instrumentation-client.ts; does nothing on a server.
 *
 * @param href where the application goes, relative or absolute
 * @param type `push`, `replace` or `traverse`
 */
export const captureRouterTransitionStart: (href: string, type: string) => void = () => undefined;
