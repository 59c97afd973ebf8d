import { parseEnvelope } from '../support/envelope.js';
import { baggage, sentryTrace } from '../support/headers.js';
import type { LocalServer } from '../support/server.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

interface Span {
  name: string;
  span_id: string;
  parent_span_id?: string;
  is_segment: boolean;
  trace_id: string;
  attributes: Record<string, { value: unknown; type: string; unit?: string }>;
}

/** All spans that were received, by name, and the types of all items. */
function received(collector: LocalServer): { spans: Map<string, Span>; types: Set<string> } {
  const spans = new Map<string, Span>();
  const types = new Set<string>();
  for (const { method, body } of collector.seen) {
    if (method !== 'POST' || !body) continue;
    for (const { header, payload } of parseEnvelope(body).items) {
      types.add(header.type);
      if (header.type !== 'span') continue;
      for (const span of (payload as { items: Span[] }).items) spans.set(span.name, span);
    }
  }
  return { spans, types };
}

test('spans are sent one by one, those of requests too that stand alone', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  await site.report();
  const { spans, types } = received(collector);
  expect([...types]).not.toContain('transaction');

  const load = spans.get('/')!;
  expect(load).toMatchObject({ trace_id: TRACE, is_segment: true });
  expect(load.attributes).toMatchObject({
    'sentry.op': { value: 'pageload', type: 'string' },
    'sentry.release': { value: 'shop@1', type: 'string' },
    'user.id': { value: 7, type: 'integer' },
    'url.full': { value: `${site.origin}/`, type: 'string' },
  });

  // It waited for what the browser measured.
  const first = spans.get('GET /api/first')!;
  expect(first).toMatchObject({ is_segment: false, parent_span_id: load.span_id });
  expect(first.span_id).toBe(sentryTrace(await site.received('/api/first')).spanId);
  expect(first.attributes).toMatchObject({
    'network.protocol.version': { value: '1.1', type: 'string' },
    'sentry.segment.id': { value: load.span_id, type: 'string' },
  });

  const alone = spans.get('GET /api/alone')!;
  expect(alone).toMatchObject({ trace_id: TRACE, is_segment: true });
  const request = await site.received('/api/alone');
  expect(sentryTrace(request)).toEqual({ traceId: TRACE, spanId: alone.span_id, flag: '1' });
  // The context came with the trace, and stays as it is.
  expect(baggage(request)).toEqual({
    'sentry-trace_id': TRACE,
    'sentry-sample_rand': '0.5',
  });

  expect(spans.get('work')!.attributes['app.size']).toEqual({
    value: 3,
    type: 'integer',
    unit: 'kilobyte',
  });
  expect([...spans.keys()].filter((name) => name.endsWith('this'))).toEqual([]);
});
