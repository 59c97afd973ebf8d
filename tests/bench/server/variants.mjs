// Who is measured by `npm run bench -- server`: what a server calls before it loads Express.
// Every package that is imported here is loaded when it is called: each server has one variant.

import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';

/** What the spans of OpenTelemetry go to: nothing at rate 0, the receiver at rate 1. */
async function startOpenTelemetry(sampled, { collector }) {
  const [{ AlwaysOffSampler, AlwaysOnSampler, BatchSpanProcessor, NodeTracerProvider }, ...found] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/instrumentation'),
      import('@opentelemetry/instrumentation-http'),
      import('@opentelemetry/instrumentation-express'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/api'),
    ]);
  const [{ registerInstrumentations }, { HttpInstrumentation }, { ExpressInstrumentation }] = found;
  const [, , , { OTLPTraceExporter }, { trace }] = found;
  return {
    init() {
      const exporter = new OTLPTraceExporter({ url: collector });
      const provider = new NodeTracerProvider({
        sampler: sampled ? new AlwaysOnSampler() : new AlwaysOffSampler(),
        spanProcessors: sampled ? [new BatchSpanProcessor(exporter)] : [],
      });
      provider.register();
      registerInstrumentations({
        tracerProvider: provider,
        instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()],
      });
    },
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
  };
}

async function startSentryLike(entry, tracesSampleRate, { dsn }, options) {
  const { getTraceData, init } = await import(entry);
  return {
    init() {
      init({ dsn, tracesSampleRate, ...options });
    },
    traceId: () => getTraceData()['sentry-trace']?.slice(0, 32),
  };
}

/** What nobody can do without who tells the requests of a process apart: each in a store of its own. */
function startStorage() {
  return {
    init() {
      const storage = new AsyncLocalStorage();
      const { emit } = Server.prototype;
      Server.prototype.emit = function (...given) {
        const call = () => Reflect.apply(emit, this, given);
        return given[0] === 'request' ? storage.run({}, call) : call();
      };
    },
    traceId: () => undefined,
  };
}

/**
 * By name: loads the packages. Each answers `init`, and `traceId`, of the trace of the request that
 * runs.
 */
export const variants = {
  plain: () => ({ init() {}, traceId: () => undefined }),
  'AsyncLocalStorage alone': startStorage,
  'throughline, rate 0': (to) => startSentryLike('throughline/express', 0, to),
  'throughline, rate 1': (to) => startSentryLike('throughline/express', 1, to),
  'throughline, rate 1, kept alive': (to) =>
    startSentryLike('throughline/express', 1, to, { transportOptions: { keepAlive: true } }),
  '@sentry/node, rate 0': (to) => startSentryLike('@sentry/node', 0, to),
  '@sentry/node, rate 1': (to) => startSentryLike('@sentry/node', 1, to),
  'OpenTelemetry, always off': (to) => startOpenTelemetry(false, to),
  'OpenTelemetry, always on': (to) => startOpenTelemetry(true, to),
};
