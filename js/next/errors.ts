import { quietly } from '../base/quietly.js';
import { getActiveSpan } from '../api/trace.js';
import { getRootSpan } from '../api/span-helpers.js';
import { isControlFlow } from './control-flow.js';

/** The request as Next.js tells of it. */
export interface FailedRequest {
  path: string;
  method: string;
  headers: NodeJS.Dict<string | string[]>;
}

/** Where it failed. */
export interface ErrorContext {
  routerKind: string;
  routePath: string;
  routeType: string;
}

/**
 * For `onRequestError` of instrumentation.ts: the transaction of the request says that it failed.
 * What `redirect()` and `notFound()` throw is no error.
 */
export const captureRequestError: (
  error: unknown,
  request?: FailedRequest,
  context?: ErrorContext,
) => void = (error) => {
  quietly(() => {
    const active = getActiveSpan();
    if (!active || isControlFlow(error)) return;
    getRootSpan(active).setStatus({ code: 2, message: 'internal_error' });
  });
};
