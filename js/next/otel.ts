// The global object by which all copies of OpenTelemetry's API find what makes spans.

/** What is registered there. */
export type Api = Record<'context' | 'trace' | 'propagation', object>;

/** Where every copy of OpenTelemetry's API of major version 1 looks. */
const API = Symbol.for('opentelemetry.js.api.1');
/** Where the application brings no API along: at least what the one in Next.js asks for. */
export const VERSION = '1.9.0';

type Globals = Record<symbol, Record<string, unknown> | undefined>;

const globals = globalThis as unknown as Globals;

/** Whether somebody else makes the spans of Next.js. */
export function isTaken(own: Api): boolean {
  const there = globals[API];
  return Object.entries(own).some(([name, value]) => there?.[name] && there[name] !== value);
}

/**
 * Makes the spans of Next.js ours.
 *
 * @param version of the API that is there
 * @returns what takes it back
 */
export function register(own: Api, version: string): () => void {
  const there = (globals[API] ??= { version });
  Object.assign(there, own);
  return () => {
    for (const [name, value] of Object.entries(own)) {
      if (there[name] === value) Reflect.deleteProperty(there, name);
    }
  };
}
