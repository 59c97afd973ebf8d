import type { Integration } from '../api/client.js';
import { findExpress } from './find.js';
import { checkedOptions, type ExpressOptions } from './layers.js';
import { traceRouters } from './routers.js';

/**
 * Names requests by their route in Express 4 and 5, and records a span for each layer that they
 * pass. On without being named where spans are recorded at all.
 */
export function expressIntegration(options: ExpressOptions = {}): Integration {
  return {
    name: 'Express',
    install(session) {
      const { tracesSampleRate, tracesSampler } = session.options;
      if (tracesSampleRate == null && !tracesSampler) return [];
      return [findExpress(), traceRouters(checkedOptions(session, options))];
    },
  };
}
