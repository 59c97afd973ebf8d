// The peer, whose answers are the oracle: the functions of @sentry/core 10.63.0 as they are, and
// the one of @sentry/browser that decides which requests carry headers.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const core = require('@sentry/core');

// Not part of the package's face, hence by the path of the file.
const browser = require(
  require
    .resolve('@sentry/browser')
    .replace(/build[/\\]npm[/\\].*/, 'build/npm/cjs/prod/tracing/request.js'),
);

/** Runs `work` while the global `name` is `value`. */
function withGlobal(name, value, work) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return work();
  } finally {
    if (before) Object.defineProperty(globalThis, name, before);
    else delete globalThis[name];
  }
}

/** `shouldAttachHeaders` on a page; `href` empty: there is no location. */
export const shouldAttach = (href, url, targets) =>
  withGlobal('document', href ? { location: { href } } : undefined, () =>
    browser.shouldAttachHeaders(url, targets ?? undefined),
  );

/** `propagationContextFromHeaders` with a random source that draws `value`. */
export function contextFromHeaders(sentryTrace, baggage, value) {
  const draw = Math.random;
  Math.random = () => value;
  try {
    return core.propagationContextFromHeaders(sentryTrace, baggage);
  } finally {
    Math.random = draw;
  }
}

export const quietly = (work) => {
  const { error } = console;
  console.error = () => {};
  try {
    return work();
  } finally {
    console.error = error;
  }
};

/** A client that is there and has these options, for functions that ask for one. */
export const clientWith = (options, dsn) => ({
  getOptions: () => options,
  getDsn: () => dsn,
  getTransport: () => ({}),
  emit: () => {},
  on: () => () => {},
});

/** What a request carries as baggage when the application set `existing` and the DSC is `dsc`. */
export function requestBaggage(existing, dsc) {
  const scope = core.getCurrentScope();
  scope.setClient(clientWith({ tracesSampleRate: 1 }));
  scope.setPropagationContext({ traceId: 'a'.repeat(32), sampleRand: 0.5, dsc });
  const options = { headers: { baggage: existing } };
  return core._INTERNAL_getTracingHeadersForFetchRequest('/', options).baggage;
}
