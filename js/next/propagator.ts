// The propagator of OpenTelemetry's API: headers of requests, and the meta tags of pages, which
// Next.js asks it for.
import { current } from '../api/client.js';
import { activeHandle } from '../api/scopes.js';
import { getRootSpan } from '../api/span-helpers.js';
import { getActiveSpan, getTraceData } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import { Cell } from '../core/module.js';
import type { ServerExports } from '../node/exports.js';
import { context, runThere } from '../node/fork-stack.js';
import { placeOf, withRemote, type OtelContext } from './contexts.js';

interface Getter {
  get(carrier: unknown, key: string): string | string[] | undefined;
}

interface Setter {
  set(carrier: unknown, key: string, value: string): void;
}

const FIELDS = ['sentry-trace', 'baggage', 'traceparent'] as const;

/** Whether the page that is rendered here is its visitor's alone (server.md section 8.4). */
function hasTags(): boolean {
  const core = current()?.core;
  if (!core) return false;
  const { scope } = context();
  const active = activeHandle();
  const raw = core.raw as ServerExports;
  const word = core.call(() => raw.tl_next_tags(scope | 0, active | 0));
  const has = core.cells[Cell.attach] === 1;
  core.settle(word);
  return has;
}

/** What `globalThis[Symbol.for('opentelemetry.js.api.1')].propagation` is to be. */
export const propagator = {
  inject(given: OtelContext, carrier: unknown, setter: Setter): void {
    quietly(() => {
      runThere(placeOf(given), () => {
        // A list is that of a page; anything else are headers.
        const isPage = Array.isArray(carrier);
        if (isPage && !hasTags()) return;
        // A page is below its request, whichever part of the rendering asks: not the same in all
        // versions.
        const active = isPage ? getActiveSpan() : undefined;
        const data = getTraceData({
          propagateTraceparent: !isPage,
          ...(active && { span: getRootSpan(active) }),
        });
        for (const [key, value] of Object.entries(data)) {
          if (value) setter.set(carrier, key, value as string);
        }
      });
    });
  },

  extract(given: OtelContext, carrier: unknown, getter: Getter): OtelContext {
    const read = (name: string): string => [getter.get(carrier, name)].flat()[0] ?? '';
    const headers = quietly(() => FIELDS.map(read) as [string, string, string]);
    return headers?.some(Boolean) ? withRemote(given, headers) : given;
  },

  fields: (): string[] => [...FIELDS],
};
