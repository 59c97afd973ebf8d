import { getActiveSpan, startSpan } from '../api/trace.js';
import { continueTrace } from '../api/propagation.js';
import { getIsolationScope, withIsolationScope } from '../api/scope.js';
import type { Span } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import { isNotFound, isRedirect } from './control-flow.js';

/** Options of `withServerActionInstrumentation`. */
export interface ServerActionOptions {
  /** Of the request: what `headers()` of Next.js answers, or a promise of it. */
  headers?: Headers | Promise<Headers>;
  /** Its fields become extras of events. */
  formData?: FormData;
}

function noteFailure(span: Span, error: unknown): void {
  if (isRedirect(error)) span.setStatus({ code: 1 });
  else if (isNotFound(error)) span.setStatus({ code: 2, message: 'not_found' });
  else span.setStatus({ code: 2, message: 'internal_error' });
}

/**
 * Runs a server action as a transaction of its own, in the trace of the request.
 *
 * @param name of the action
 * @returns what the callback returns; what it throws goes on
 */
export async function withServerActionInstrumentation<T>(
  name: string,
  ...rest:
    | [callback: () => T | Promise<T>]
    | [options: ServerActionOptions, callback: () => T | Promise<T>]
): Promise<T> {
  const callback = rest.at(-1) as () => T | Promise<T>;
  const { headers, formData } = (rest.length > 1 ? rest[0] : {}) as ServerActionOptions;
  const run = (): Promise<T> =>
    withIsolationScope(async () => {
      quietly(() => {
        formData?.forEach((value, key) => {
          const text = typeof value === 'string' ? value : '[non-string value]';
          getIsolationScope().setExtra(`server_action_form_data.${key}`, text);
        });
      });
      const ended = await startSpan(
        {
          name: `serverAction/${name}`,
          op: 'function.server_action',
          forceTransaction: true,
          attributes: { 'sentry.source': 'route', 'sentry.origin': 'auto.function.server_action' },
        },
        async (span): Promise<{ value: T } | { error: unknown }> => {
          try {
            return { value: await callback() };
          } catch (error) {
            noteFailure(span, error);
            return { error };
          }
        },
      );
      if ('error' in ended) throw ended.error;
      return ended.value;
    });
  if (getActiveSpan() || !headers) return run();
  // What is wrong with them is no reason not to act.
  const given = await Promise.resolve(headers).catch(() => undefined);
  const incoming = quietly(() => ({
    sentryTrace: given?.get('sentry-trace') ?? undefined,
    baggage: given?.get('baggage'),
  }));
  return continueTrace(incoming ?? {}, run);
}
