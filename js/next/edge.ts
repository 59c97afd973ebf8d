// `throughline/next` in the edge runtime, where nothing is traced yet: what files that are built for
// both runtimes import is there and passes through.
export { browserTracingIntegration, captureRouterTransitionStart } from './browser-only.js';

/** Starts nothing. @returns no client */
export const init: (options?: object) => undefined = () => undefined;

/** For `onRequestError` of instrumentation.ts; records nothing. */
export const captureRequestError: (...given: unknown[]) => void = () => undefined;

/** Runs the action, the last argument, as it is. */
export async function withServerActionInstrumentation<T>(
  ...given: [name: string, ...options: object[], callback: () => T | Promise<T>]
): Promise<T> {
  return (given.at(-1) as () => T | Promise<T>)();
}
