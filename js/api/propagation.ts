import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { current } from './client.js';
import { activeHandle, getActiveSpan, SCOPE } from './trace.js';

/** Header texts around the span id, which is all that changes from request to request. */
export interface HeaderTexts {
  tracePrefix: string;
  traceSuffix: string;
  baggage: string;
  parentPrefix: string;
  parentSuffix: string;
}

/** What a request or a template carries on; absent members are not sent. */
export interface TraceData {
  'sentry-trace'?: string;
  baggage?: string;
  traceparent?: string;
}

/** Asks the core; for a request only when the number of its texts is new. */
export function readHeaderTexts(core: Core, active: number): HeaderTexts {
  const lines = core
    .ask(() => {
      core.module.headerTexts(SCOPE, active);
    })
    .split('\n');
  const [tracePrefix = '', traceSuffix = '', baggage = '', parentPrefix = '', parentSuffix = ''] =
    lines;
  return { tracePrefix, traceSuffix, baggage, parentPrefix, parentSuffix };
}

/** The headers for one span id. */
export function headersFor(texts: HeaderTexts, spanId: string): TraceData {
  const data: TraceData = { 'sentry-trace': texts.tracePrefix + spanId + texts.traceSuffix };
  if (texts.baggage) data.baggage = texts.baggage;
  if (texts.parentPrefix) data.traceparent = texts.parentPrefix + spanId + texts.parentSuffix;
  return data;
}

/** What a request made now would carry, for templates and own transports; `{}` when disabled. */
export function getTraceData(): TraceData {
  const client = current();
  if (!client || client.options.enabled === false) return {};
  const data = quietly(() => {
    const { core } = client;
    const active = activeHandle();
    const span = getActiveSpan();
    let spanId = span?.spanContext().spanId;
    if (spanId === undefined) {
      core.run(() => {
        core.module.currentSpanId(SCOPE, active);
      });
      spanId = core.hex(Cell.spanId, 8);
    }
    return headersFor(readHeaderTexts(core, active), spanId);
  });
  if (data) delete data.traceparent;
  return data ?? {};
}
