// What goes into the core when a span starts.
import { openClient } from '../../../js/api/client.js';
import { close, spanToJSON, startInactiveSpan, startSpan } from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

beforeEach(() => {
  openClient(hostWithoutPage(), { dsn: 'https://public@collector.test/1', tracesSampleRate: 1 });
});
afterEach(() => close());

describe('attributes of a start', () => {
  it('win over the option op where they name one', () => {
    const span = startInactiveSpan({ name: 'a', op: 'b', attributes: { 'sentry.op': 'c' } });
    expect(spanToJSON(span)).toMatchObject({ op: 'c', data: { 'sentry.op': 'c' } });
  });

  it('are none where they have no value', () => {
    const span = startInactiveSpan({
      name: 'a',
      op: 'b',
      attributes: { 'sentry.op': undefined, empty: '', none: undefined },
    });
    expect(spanToJSON(span).data).toMatchObject({ empty: '' });
    expect(spanToJSON(span).data).not.toHaveProperty('none');
    expect(spanToJSON(span)).not.toHaveProperty('op');
  });

  it('may be more than one call of the core takes', () => {
    const many = Object.fromEntries(Array.from({ length: 75 }, (_, i) => [`key.${i}`, i]));
    const span = startInactiveSpan({ name: 'a', op: 'b', attributes: many });
    expect(spanToJSON(span).data).toMatchObject({ ...many, 'sentry.op': 'b' });
  });

  it('may be null, which is as good as none', () => {
    const span = startInactiveSpan({ name: 'a', op: 'b', attributes: null as never });
    expect(spanToJSON(span)).toMatchObject({ description: 'a', op: 'b' });
  });
});

it('all spans of a root have its trace id', () => {
  startSpan({ name: 'root' }, (root) => {
    const child = startInactiveSpan({ name: 'child' });
    expect(child.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(child.spanContext().traceId).toBe(root.spanContext().traceId);
    const other = startInactiveSpan({ name: 'other', parentSpan: null, forceTransaction: true });
    expect(spanToJSON(other).trace_id).toBe(other.spanContext().traceId);
  });
});
