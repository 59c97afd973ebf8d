import { current, warn, type Host, type Integration, type Session } from '../api/client.js';
import { NAMES } from '../api/listeners.js';
import { extendClient } from '../api/processing.js';
import { quietly } from '../base/quietly.js';
import type { StreamingExports } from '../core/module.js';
import { isStreamed, NAME, SPAN_V2_HOOKS } from './options.js';

// Flags of `tl_stream`.
const enum Stream {
  on = 1,
  shown = 2,
  measured = 4,
}

/** Whether the integrations of the client that runs ask for streaming. */
let isWanted = false;
/** Whether what the browser measured of requests comes later. */
let isMeasured = false;

/**
 * Switches streaming on or off, as the options say.
 *
 * Spec: envelope.md section 8.
 */
function applyLifecycle({ core, options }: Session): void {
  const { traceLifecycle: given, beforeSendSpan, debug } = options;
  let isOn = given === 'stream' || (isWanted && given !== 'static');
  const hint = (text: string): void => {
    warn(debug, text);
  };
  if (isOn && beforeSendSpan && !isStreamed(beforeSendSpan)) {
    hint(
      'beforeSendSpan: expected one of withStreamedSpan, got a function; spans are not streamed',
    );
    isOn = false;
  }
  for (const name of ['beforeSendTransaction', 'ignoreTransactions'] as const) {
    if (isOn && options[name]) hint(`${name}: there are no transactions where spans are streamed`);
  }
  const flags = isOn ? Stream.on | Stream.shown | (isMeasured ? Stream.measured : 0) : 0;
  core.run(() => (core.raw as StreamingExports).tl_stream(flags));
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
