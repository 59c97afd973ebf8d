import { current, warn, type Host, type Integration, type Session } from '../api/client.js';
import { NAMES } from '../api/listeners.js';
import { extendClient } from '../api/processing.js';
import { quietly } from '../base/quietly.js';
import { Cell, type StreamingExports } from '../core/module.js';
import { isStreamed, NAME, SPAN_V2_HOOKS } from './options.js';

// Flags of `tl_stream`, and what it answers (wasm/bindings/streaming.cpp).
const enum Wish {
  integration = 1,
  shown = 2,
  measured = 4,
  hookIsStatic = 8,
}
const STREAMS = 1;
const HOOK_IS_STATIC = 2;

/** Whether the integrations of the client that runs ask for streaming. */
let isWanted = false;
/** Whether what the browser measured of requests comes later. */
let isMeasured = false;

/** Lets the core switch streaming on or off, as options and integrations say. */
function applyLifecycle({ core, options }: Session): void {
  const { beforeSendSpan, debug } = options;
  const flags =
    Wish.shown |
    (isWanted ? Wish.integration : 0) |
    (isMeasured ? Wish.measured : 0) |
    (beforeSendSpan && !isStreamed(beforeSendSpan) ? Wish.hookIsStatic : 0);
  const word = core.call(() => (core.raw as StreamingExports).tl_stream(flags));
  const outcome = core.cells[Cell.reason]!;
  core.settle(word);
  if (outcome === HOOK_IS_STATIC) {
    warn(
      debug,
      'beforeSendSpan: expected one of withStreamedSpan, got a function; spans are not streamed',
    );
  }
  for (const name of ['beforeSendTransaction', 'ignoreTransactions'] as const) {
    if (outcome === STREAMS && options[name]) {
      warn(debug, `${name}: there are no transactions where spans are streamed`);
    }
  }
}

/** A host whose core streams spans, if the options say so. */
export function streamingHost(host: Host): Host {
  const recording = host.recording_!;
  for (const name of SPAN_V2_HOOKS) if (!NAMES.includes(name)) NAMES.push(name);
  return {
    ...host,
    extend_(session: Session, integrations: readonly Integration[]) {
      const named = (name: string): Integration | undefined =>
        integrations.find((integration) => integration.name === name);
      isWanted = Boolean(named(NAME));
      const tracing = named('BrowserTracing')?.options as
        { enableHTTPTimings?: boolean } | undefined;
      isMeasured =
        Boolean(tracing) &&
        tracing?.enableHTTPTimings !== false &&
        'PerformanceObserver' in globalThis;
      (host.extend_ ?? extendClient)(session, integrations);
    },
    recording_: {
      ...recording,
      configured_(session) {
        recording.configured_(session);
        applyLifecycle(session);
      },
      flush_(timeout) {
        quietly(() => {
          const core = current()?.core;
          if (core?.alive) core.run(() => (core.raw as StreamingExports).tl_flush_spans());
        });
        return recording.flush_(timeout);
      },
    },
  };
}
