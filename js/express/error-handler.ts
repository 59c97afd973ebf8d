import { getRootSpan } from '../api/span-helpers.js';
import { getActiveSpan } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import { traceApplication } from './routers.js';

/** An error as handlers of Express get it. */
export interface MiddlewareError extends Error {
  status?: number | string;
  statusCode?: number | string;
  status_code?: number | string;
  output?: { statusCode?: number | string };
}

/** Options of `setupExpressErrorHandler` and `expressErrorHandler`. */
export interface ErrorHandlerOptions {
  /** Whether an error is one of the server. Default: those with a status of 500 and more, or none. */
  shouldHandleError?: (error: MiddlewareError) => boolean;
}

/** A handler of errors for `app.use`. */
export type ErrorHandler = (
  error: MiddlewareError,
  request: never,
  response: never,
  next: (error: MiddlewareError) => void,
) => void;

// Anything can be thrown.
function isOfServer(error: Partial<MiddlewareError> | undefined | null): boolean {
  const { status, statusCode, status_code: code, output } = error ?? {};
  const given = status ?? statusCode ?? code ?? output?.statusCode;
  return given === undefined || parseInt(String(given), 10) >= 500;
}

/**
 * Makes the span of a request say that it failed, and hands the error on. Comes after the routes and
 * before handlers of errors of the application.
 *
 * Spec: server.md section 6.4.
 */
export function expressErrorHandler({
  shouldHandleError = isOfServer,
}: ErrorHandlerOptions = {}): ErrorHandler {
  // Four parameters, by which Express knows a handler of errors.
  return (error, _request, _response, next) => {
    quietly(() => {
      if (!shouldHandleError(error)) return;
      const span = getActiveSpan();
      if (span) getRootSpan(span).setStatus({ code: 2, message: 'internal_error' });
    });
    next(error);
  };
}

/** Adds `expressErrorHandler` to an application, behind its routes. */
export function setupExpressErrorHandler(
  app: { use: (handler: never) => unknown },
  options: ErrorHandlerOptions = {},
): void {
  quietly(() => {
    traceApplication(app as Parameters<typeof traceApplication>[0]);
  });
  app.use(expressErrorHandler(options) as never);
}
