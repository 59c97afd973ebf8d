// A transport of the application's own (envelope.md section 7).
import { quietly } from '../base/quietly.js';
import { warn, type Session } from './client.js';
import type { Envelope } from './event.js';
import type { TransportOptions } from './options.js';

/** What sends envelopes, made by option `transport`. */
export interface Transport {
  /**
   * Sends an envelope; called once for each. What it rejects, or throws at, is counted as
   * `network_error`, and what `statusCode` 413 came for as `send_error`; nothing is tried again.
   */
  send(envelope: Envelope): PromiseLike<{ statusCode?: number } | undefined>;
  /** @returns whether all of it was sent within `timeout` ms (0 or nothing: no limit). */
  flush?(timeout?: number): PromiseLike<boolean>;
}

/** What it is made with: `transportOptions`, and … */
export interface BaseTransportOptions extends TransportOptions {
  /** Where envelopes go: the tunnel, or the endpoint of the DSN with the key in its query. */
  url: string;
  tunnel?: string | undefined;
  /**
   * For what the transport drops without rejecting it. Goes into the next client report.
   *
   * @param reason one of envelope.md section 6, as `ratelimit_backoff`
   * @param category of what was lost, as `transaction`, `span`, `error`
   * @param quantity default 1
   */
  recordDroppedEvent: (reason: string, category: string, quantity?: number) => void;
}

/** Nothing: there is none; null: it could not be made. */
export let ownTransport: Transport | null | undefined;

/** Makes the transport that the options want; where it cannot be made nothing is sent. */
export function makeTransport({ core, options }: Session): void {
  const { transport } = options;
  ownTransport = undefined;
  const url = core.ask(() => core.raw.tl_endpoint(0, 0));
  if (typeof transport !== 'function' || !url) return;
  ownTransport = null;
  const recordDroppedEvent = (reason: string, category: string, quantity = 1): void => {
    quietly(() => {
      if (!core.alive) return;
      const texts = core.texts(reason, category);
      core.run(() => core.raw.tl_lost(texts, quantity));
    });
  };
  try {
    ownTransport = transport({
      ...options.transportOptions,
      tunnel: options.tunnel,
      url,
      recordDroppedEvent,
    });
  } catch (error) {
    warn(options.debug, `options.transport: ${String(error)}; nothing is sent`);
  }
}
