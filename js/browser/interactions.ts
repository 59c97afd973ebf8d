import { startIdleSpan } from '../api/idle.js';
import { getRootSpan } from '../api/span-helpers.js';
import { spanToJSON, type Span } from '../api/span.js';
import { getActiveSpan } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import type { BrowserTracingOptions } from './page-tracing.js';
import { latestRoute } from './route.js';

/**
 * Records what a click sets off as a root, unless a route is open.
 *
 * Spec: lifecycle.md section 7.
 *
 * @returns what undoes it
 */
export function traceClicks(options: BrowserTracingOptions): () => void {
  let open: Span | undefined;
  const onClick = (): void => {
    quietly(() => {
      const active = getActiveSpan();
      const { op } = active ? spanToJSON(getRootSpan(active)) : {};
      const route = latestRoute();
      if (!route || op === 'pageload' || op === 'navigation') return;
      open?.setAttribute('sentry.idle_span_finish_reason', 'interactionInterrupted').end();
      open = startIdleSpan({ ...route, op: 'ui.action.click' }, options);
    });
  };
  addEventListener('click', onClick, true);
  return () => {
    removeEventListener('click', onClick, true);
  };
}
