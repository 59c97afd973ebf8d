import { openClient, type Client } from '../../../js/api/client.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { TransactionEvent } from '../../../js/api/shaping.js';
import {
  close,
  getActiveSpan,
  getRootSpan,
  addChildSpanToSpan,
  getSpanDescendants,
  SentryNonRecordingSpan,
  setActiveSpanInBrowser,
  setHttpStatus,
  setMeasurement,
  spanIsSampled,
  spanToBaggageHeader,
  spanToJSON,
  spanToTraceContext,
  spanToTraceHeader,
  startInactiveSpan,
  startSpan,
  startSpanManual,
  updateSpanName,
  type Span,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

let sent: TransactionEvent[];
let reports: unknown[];
let client: Client;

function start(options: ClientOptions = {}): void {
  sent = [];
  reports = [];
  const recording = recordingBy((_url, body) => {
    const [, item, payload] = new TextDecoder().decode(body).split('\n');
    const read = JSON.parse(payload!) as TransactionEvent & { discarded_events: unknown };
    if (item!.includes('"transaction"')) sent.push(read);
    else reports.push(read.discarded_events);
    return Promise.resolve(200);
  });
  client = openClient(hostWithoutPage({ recording_: recording }), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    ...options,
  })!;
}

beforeEach(() => {
  start();
});
afterEach(() => close());

describe('getRootSpan', () => {
  it('of a root is itself, of what is below it the very same object', () => {
    startSpan({ name: 'root' }, (root) => {
      startSpan({ name: 'child' }, (child) => {
        const grandchild = startInactiveSpan({ name: 'grandchild' });
        expect(getRootSpan(root)).toBe(root);
        expect(getRootSpan(child)).toBe(root);
        expect(getRootSpan(grandchild)).toBe(root);
      });
    });
  });

  it('of an unsampled child is the unsampled root', async () => {
    await close();
    start({ tracesSampleRate: 0 });
    startSpan({ name: 'root' }, (root) => {
      const child = startInactiveSpan({ name: 'child' });
      expect(spanIsSampled(child)).toBe(false);
      expect(getRootSpan(child)).toBe(root);
    });
  });
});

describe('getSpanDescendants', () => {
  const names = (span: Span): unknown[] =>
    getSpanDescendants(span).map((below) => spanToJSON(below).description);

  it('is the root first, then what is below it, depth first', async () => {
    await close();
    start({ parentSpanIsAlwaysRootSpan: false });
    startSpan({ name: 'root' }, (root) => {
      startSpan({ name: 'a' }, (a) => {
        startInactiveSpan({ name: 'a1' }).end();
        startInactiveSpan({ name: 'a2' });
        expect(names(a)).toEqual(['a', 'a1', 'a2']);
      });
      const b = startInactiveSpan({ name: 'b' });
      expect(names(root)).toEqual(['root', 'a', 'a1', 'a2', 'b']);
      expect(names(b)).toEqual(['b']);
    });
  });

  it('is the span itself once it was sent', () => {
    const root = startInactiveSpan({ name: 'root' });
    root.end();
    expect(getSpanDescendants(root)).toEqual([root]);
  });
});

describe('addChildSpanToSpan', () => {
  it('hangs a span below another one of its tree, and never below itself', () => {
    startSpan({ name: 'root' }, (root) => {
      const outer = startInactiveSpan({ name: 'outer' });
      const inner = startInactiveSpan({ name: 'inner' });
      addChildSpanToSpan(outer, inner);
      addChildSpanToSpan(inner, outer);
      addChildSpanToSpan(inner, root);
      expect(getSpanDescendants(outer)).toEqual([outer, inner]);
      expect(getSpanDescendants(root)).toEqual([root, outer, inner]);
      expect(spanToJSON(inner).parent_span_id).toBe(root.spanContext().spanId);
    });
  });

  it('leaves spans of other trees where they are', () => {
    const one = startInactiveSpan({ name: 'one', parentSpan: null });
    const other = startInactiveSpan({ name: 'other', parentSpan: null });
    addChildSpanToSpan(one, other);
    addChildSpanToSpan(one, new SentryNonRecordingSpan());
    expect(getSpanDescendants(one)).toEqual([one]);
  });
});

describe('SentryNonRecordingSpan', () => {
  it('has ids of its own, and records nothing', () => {
    const [one, other] = [new SentryNonRecordingSpan(), new SentryNonRecordingSpan()];
    const { traceId, spanId, traceFlags } = one.spanContext();
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(traceFlags).toBe(0);
    expect(other.spanContext().traceId).not.toBe(traceId);
    expect(one.isRecording()).toBe(false);
    expect(spanToJSON(one.setAttribute('a', 1))).toEqual({
      trace_id: traceId,
      span_id: spanId,
      data: {},
    });
  });

  it('has the ids that it is given', () => {
    const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    expect(new SentryNonRecordingSpan(ids).spanContext()).toEqual({ ...ids, traceFlags: 0 });
    const { spanId, traceId } = new SentryNonRecordingSpan({ spanId: ids.spanId }).spanContext();
    expect(spanId).toBe(ids.spanId);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  });
});

it('the headers of a span have its ids and the sampling context of its root', () => {
  startSpan({ name: 'root' }, () => {
    startSpan({ name: 'child' }, (child) => {
      const { traceId, spanId } = child.spanContext();
      expect(spanToTraceHeader(child)).toBe(`${traceId}-${spanId}-1`);
      expect(spanToBaggageHeader(child)).toContain('sentry-transaction=root');
    });
  });
});

it('the trace context of a span is what payloads say of it, without name and times', () => {
  startSpan({ name: 'root', op: 'task' }, (root) => {
    const { traceId, spanId } = root.spanContext();
    expect(spanToTraceContext(root)).toEqual({
      trace_id: traceId,
      span_id: spanId,
      op: 'task',
      origin: 'manual',
      data: {
        'sentry.op': 'task',
        'sentry.origin': 'manual',
        'sentry.source': 'custom',
        'sentry.sample_rate': 1,
      },
    });
  });
});

describe('measurements', () => {
  it('of any span of a transaction are those of the transaction, the last value counts', () => {
    startSpan({ name: 'root' }, () => {
      startSpan({ name: 'child' }, () => {
        setMeasurement('size', 1, 'byte');
        setMeasurement('size', 2.5, 'kilobyte');
        setMeasurement('ratio', 1e-9, '');
      });
    });
    expect(sent[0]!['measurements']).toEqual({
      size: { value: 2.5, unit: 'kilobyte' },
      ratio: { value: 1e-9, unit: '' },
    });
    expect(sent[0]!.spans[0]).not.toHaveProperty('measurements');
  });

  it('without a span are no error', () => {
    expect(() => {
      setMeasurement('size', 1, 'byte');
    }).not.toThrow();
  });

  it('come from events that have value and unit', () => {
    startSpan({ name: 'root' }, () => {
      const child = startInactiveSpan({ name: 'child' });
      child.addEvent('inp', {
        'sentry.measurement_value': 8,
        'sentry.measurement_unit': 'millisecond',
      });
      child.addEvent('plain', { why: 'none' }).addEvent('at once', 12).end();
    });
    expect(sent[0]!.spans).toMatchObject([
      { description: 'child', measurements: { inp: { value: 8, unit: 'millisecond' } } },
    ]);
    expect(sent[0]).not.toHaveProperty('measurements');
  });
});

it.each([
  [200, 'ok'],
  [404, 'not_found'],
  [503, 'unavailable'],
])('setHttpStatus %d sets the attribute and the status %s', (code, status) => {
  const span = startInactiveSpan({ name: 'request' });
  setHttpStatus(span, code);
  expect(spanToJSON(span)).toMatchObject({
    status,
    data: { 'http.response.status_code': code },
  });
});

it('updateSpanName makes the name one that was chosen', () => {
  startSpan({ name: 'before', attributes: { 'sentry.source': 'url' } }, (span) => {
    updateSpanName(span, 'after');
  });
  expect(sent[0]).toMatchObject({
    transaction: 'after',
    transaction_info: { source: 'custom' },
  });
});

describe('links', () => {
  it('of a start and of later stand on the span, with what the others were', () => {
    const first = startInactiveSpan({ name: 'first' });
    const { traceId: trace_id, spanId: span_id } = first.spanContext();
    const link = { context: first.spanContext(), attributes: { why: 'retry' } };
    const elsewhere = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    startSpan({ name: 'second', links: [link] }, (span) => {
      span.addLinks([{ context: elsewhere }]);
    });
    expect(sent[0]!.contexts.trace.links).toEqual([
      { trace_id, span_id, sampled: true, attributes: { why: 'retry' } },
      { trace_id: elsewhere.traceId, span_id: elsewhere.spanId, sampled: false },
    ]);
  });

  it('to what is no span are left out', () => {
    const bad = { context: { traceId: 'nonsense', spanId: '' } };
    startSpan({ name: 'work', links: [bad] }, () => {});
    expect(sent[0]!.contexts.trace).not.toHaveProperty('links');
  });
});

describe('forceTransaction', () => {
  it('makes a transaction of its own in the trace of its parent', () => {
    startSpan({ name: 'root' }, (root) => {
      startSpan({ name: 'forced', forceTransaction: true }, () => {
        startInactiveSpan({ name: 'below' }).end();
      });
      expect(sent).toMatchObject([
        {
          transaction: 'forced',
          contexts: {
            trace: {
              trace_id: root.spanContext().traceId,
              parent_span_id: root.spanContext().spanId,
            },
          },
          spans: [{ description: 'below' }],
        },
      ]);
    });
    expect(sent[1]).toMatchObject({ transaction: 'root', spans: [] });
  });

  it('without a parent is an ordinary root', () => {
    startSpan({ name: 'forced', forceTransaction: true }, () => {});
    expect(sent[0]!.contexts.trace).not.toHaveProperty('parent_span_id');
  });
});

describe('startSpanManual', () => {
  it('ends when it is told to', () => {
    const finish = startSpanManual({ name: 'manual' }, (_span, end) => end);
    expect(sent).toEqual([]);
    finish();
    expect(sent).toMatchObject([{ transaction: 'manual' }]);
  });

  it('is active in the callback only', () => {
    startSpanManual({ name: 'manual' }, (span) => {
      expect(getActiveSpan()).toBe(span);
    });
    expect(getActiveSpan()).toBeUndefined();
  });

  it('says in its status that the callback failed, and goes on', () => {
    let kept: Span;
    expect(() =>
      startSpanManual({ name: 'manual' }, (span) => {
        kept = span;
        throw new Error('of the page');
      }),
    ).toThrow('of the page');
    expect(spanToJSON(kept!).status).toBe('internal_error');
    kept!.end();
    expect(sent).toHaveLength(1);
  });
});

describe('setActiveSpanInBrowser', () => {
  it('makes a span active until it ends', () => {
    const outer = startInactiveSpan({ name: 'outer' });
    const inner = startInactiveSpan({ name: 'inner' });
    setActiveSpanInBrowser(outer);
    expect(getActiveSpan()).toBe(outer);
    setActiveSpanInBrowser(inner);
    setActiveSpanInBrowser(inner);
    startInactiveSpan({ name: 'child' }).end();
    inner.end();
    expect(getActiveSpan()).toBe(outer);
    outer.end();
    expect(getActiveSpan()).toBeUndefined();
    expect(sent.map(({ transaction, spans }) => [transaction, spans.length])).toEqual([
      ['inner', 1],
      ['outer', 0],
    ]);
  });

  it('does nothing with a span that has ended', () => {
    const span = startInactiveSpan({ name: 'over' });
    span.end();
    setActiveSpanInBrowser(span);
    expect(getActiveSpan()).toBeUndefined();
  });
});

describe('ignoreSpans', () => {
  const work = (): void => {
    startSpan({ name: 'work' }, () => {
      startSpan({ name: 'middle', op: 'noise' }, () => {
        startInactiveSpan({ name: 'leaf', attributes: { code: 404 } }).end();
      });
    });
  };
  const left = (): [string | undefined, string | undefined][] =>
    sent[0]!.spans.map(({ description, parent_span_id: parent }) => [description, parent]);

  it.each<[string, NonNullable<ClientOptions['ignoreSpans']>]>([
    ['a text', ['midd']],
    ['a RegExp', [/^mid/g]],
    ['an op', [{ op: 'noise' }]],
    ['a RegExp and a text', [{ name: /le$/, op: 'noise' }]],
  ])('%s takes spans out; what was below them is below their parent', async (_, ignoreSpans) => {
    await close();
    start({ ignoreSpans, parentSpanIsAlwaysRootSpan: false });
    work();
    expect(left()).toEqual([['leaf', sent[0]!.contexts.trace.span_id]]);
  });

  it('attributes are compared as they are', async () => {
    await close();
    start({
      ignoreSpans: [{ name: /./, attributes: { code: 404 } }, { attributes: { code: '4' } }],
    });
    work();
    expect(left()).toMatchObject([['middle', expect.any(String)]]);
  });

  it('a root that matches is not sent, and all of it is counted', async () => {
    await close();
    start({ ignoreSpans: ['work'] });
    work();
    await client.close();
    expect(sent).toEqual([]);
    expect(reports).toMatchObject([
      [
        { reason: 'before_send', category: 'transaction', quantity: 1 },
        { reason: 'before_send', category: 'span', quantity: 3 },
      ],
    ]);
  });

  it('every root is asked about by itself, whatever became of the one before', async () => {
    await close();
    start({ ignoreSpans: [/^drop/] });
    client.on('createDsc', (dsc) => {
      dsc['tag'] = 'x';
    });
    startSpanManual({ name: 'drop root' }, (_, finish) => {
      startSpan({ name: 'root', forceTransaction: true }, () => {
        startInactiveSpan({ name: 'drop child' }).end();
        startInactiveSpan({ name: 'child' }).end();
      });
      finish();
    });
    expect(sent.map(({ spans }) => spans.map(({ description }) => description))).toEqual([
      ['child'],
    ]);
  });

  it('patterns of no use match nothing and disturb nobody', async () => {
    await close();
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error('of the page');
        },
      },
    );
    start({ ignoreSpans: [{}, '', { name: '' }, 7 as unknown as string, hostile] });
    work();
    expect(left()).toHaveLength(2);
  });
});

describe('a standalone span', () => {
  it('is sent by itself when it ends, with the trace of its root', async () => {
    const envelopes: string[][] = [];
    await close();
    start({ beforeSendSpan: (span) => ({ ...span, description: `${span.description!}!` }) });
    client.on('beforeEnvelope', ([header, items]) => {
      envelopes.push([header, ...items.flat()].map((part) => JSON.stringify(part)));
    });
    startSpan({ name: 'root' }, (root) => {
      startInactiveSpan({ name: 'alone', experimental: { standalone: true } }).end();
      const [header, item, payload] = envelopes[0]!.map((part) => JSON.parse(part) as object);
      const { traceId, spanId } = root.spanContext();
      expect(header).toMatchObject({ trace: { trace_id: traceId, transaction: 'root' } });
      expect(item).toEqual({ type: 'span' });
      expect(payload).toMatchObject({
        description: 'alone!',
        trace_id: traceId,
        parent_span_id: spanId,
        segment_id: spanId,
      });
      expect(payload).not.toHaveProperty('is_segment');
    });
    expect(sent[0]!.spans).toEqual([]);
  });

  it('without a parent is a segment of its own', () => {
    let seen: unknown;
    client.on('beforeEnvelope', ([, items]) => {
      seen = items[0]![1];
    });
    const span = startInactiveSpan({ name: 'alone', experimental: { standalone: true } });
    span.end();
    expect(seen).toMatchObject({ is_segment: true, segment_id: span.spanContext().spanId });
    expect(sent).toEqual([]);
  });
});

describe('headers of a span', () => {
  it('are what getTraceData gives for it', () => {
    startSpan({ name: 'root' }, (root) => {
      const child = startInactiveSpan({ name: 'child' });
      const { traceId, spanId } = child.spanContext();
      expect(child.toSentryTrace()).toBe(`${traceId}-${spanId}-1`);
      expect(child.toTraceparent()).toBe(child.toSentryTrace());
      expect(child.getBaggage()).toMatchObject({
        trace_id: root.spanContext().traceId,
        public_key: 'public',
        sampled: 'true',
        transaction: 'root',
      });
    });
  });

  it('of a placeholder are those of the scope, undecided where no rate is set', async () => {
    await close();
    start({ tracesSampleRate: undefined } as unknown as ClientOptions);
    const span = startInactiveSpan({ name: 'placeholder' });
    expect(span.toSentryTrace()).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
    expect(span.getBaggage()).toMatchObject({ public_key: 'public' });
    expect(span.getBaggage()).not.toHaveProperty('sampled');
  });
});
