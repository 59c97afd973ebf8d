/** @jest-environment ./tests/shim/page-environment.js */
import {
  browserTracingIntegration,
  close,
  getActiveSpan,
  getClient,
  getTraceData,
  spanToJSON,
  startBrowserTracingPageLoadSpan,
  startInactiveSpan,
  startSpan,
  suppressTracing,
  type Span,
} from '../../../js/index.js';
import { startBuilt } from '../support/built.js';
import { tracePage } from '../support/page.js';

beforeEach(() => {
  globalThis.fetch = jest.fn(() => Promise.resolve(new Response()));
});
afterEach(() => close());

const cycle: Record<string, unknown> = {};
cycle['itself'] = cycle;

describe('a value that JSON has no form for', () => {
  it.each<[string, unknown, unknown]>([
    ['a BigInt', 12n, '[BigInt: 12]'],
    ['a symbol', Symbol('s'), '[Symbol(s)]'],
    ['a function', function named() {}, '[Function: named]'],
    ['a cycle', cycle, { itself: '[Circular ~]' }],
    ['one in an array', [1, 2n], [1, '[BigInt: 2]']],
  ])('%s becomes text, at the start and later', (_, value, expected) => {
    tracePage({ tracesSampleRate: 1 });
    const span = startInactiveSpan({ name: 'given', attributes: { early: value as string } });
    expect(() => span.setAttribute('late', value as string)).not.toThrow();
    expect(spanToJSON(span).data).toMatchObject({ early: expected, late: expected });
  });
});

describe('a callback that fails', () => {
  const statusAfter = (before: (span: Span) => void): string | undefined => {
    let kept: Span;
    expect(() =>
      startSpan({ name: 'failing' }, (span) => {
        kept = span;
        before(span);
        throw new Error('of the page');
      }),
    ).toThrow('of the page');
    return spanToJSON(kept!).status;
  };

  beforeEach(() => tracePage({ tracesSampleRate: 1 }));

  it('makes the status an error', () => {
    expect(statusAfter(() => {})).toBe('internal_error');
  });

  it('overrules ok', () => {
    expect(statusAfter((span) => span.setStatus({ code: 1 }))).toBe('internal_error');
  });

  it('leaves an error that it told before', () => {
    expect(statusAfter((span) => span.setStatus({ code: 2, message: 'aborted' }))).toBe('aborted');
  });

  it('leaves a span that it ended before', () => {
    expect(
      statusAfter((span) => {
        span.end();
      }),
    ).toBeUndefined();
  });
});

describe('a span', () => {
  it('does not record any more once its route cancelled it', () => {
    tracePage({ tracesSampleRate: 1 });
    const child = startInactiveSpan({ name: 'child' });
    expect(child.isRecording()).toBe(true);
    getActiveSpan()!.end();
    expect(child.isRecording()).toBe(false);
  });

  it('of a route is the one that is active', () => {
    tracePage({ tracesSampleRate: 1 });
    const route = startBrowserTracingPageLoadSpan(getClient()!, { name: '/by/:hand', op: 'boot' });
    expect(route).toBe(getActiveSpan());
    expect(spanToJSON(route!)).toMatchObject({ op: 'boot', origin: 'manual' });
  });

  it('of a client that was closed is not one of the next client', async () => {
    tracePage({ tracesSampleRate: 1 });
    const first = getActiveSpan()!.spanContext();
    await close();
    // Handles begin anew with every core, so this one has the same number.
    tracePage({ tracesSampleRate: 1 }, startBuilt());
    const second = getActiveSpan()!.spanContext();
    expect(second.traceId).not.toBe(first.traceId);
    expect(getTraceData()['sentry-trace']).toBe(`${second.traceId}-${second.spanId}-1`);
  });

  it('below one that is suppressed is not recorded either', () => {
    tracePage({ tracesSampleRate: 1, parentSpanIsAlwaysRootSpan: false });
    const hidden = suppressTracing(() => startInactiveSpan({ name: 'hidden' }));
    expect(startInactiveSpan({ name: 'below', parentSpan: hidden }).isRecording()).toBe(false);
    suppressTracing(() => {
      startSpan({ name: 'hidden' }, () => {
        expect(startInactiveSpan({ name: 'below' }).isRecording()).toBe(false);
      });
    });
  });

  it('that comes after its root was sent begins no transaction', async () => {
    tracePage({ tracesSampleRate: 1, integrations: [] });
    await startSpan({ name: 'root' }, async (root) => {
      root.end();
      await getClient()!.flush();
      expect(startInactiveSpan({ name: 'late' }).isRecording()).toBe(false);
    });
  });
});

describe('the session storage', () => {
  const read = jest.spyOn(Storage.prototype, 'getItem');
  beforeEach(() => read.mockClear());

  it.each([
    ['is not opened', {}, 0],
    ['is read where links are kept there', { linkPreviousTrace: 'session-storage' as const }, 1],
  ])('%s', (_, options, times) => {
    tracePage({ tracesSampleRate: 1, integrations: [browserTracingIntegration(options)] });
    expect(read).toHaveBeenCalledTimes(times);
  });
});

it('inside startSpan of an unsampled trace, requests share their header texts', () => {
  const module = startBuilt();
  tracePage({ tracesSampleRate: 0 }, module);
  const reads = jest.spyOn(module.raw, 'tl_header_texts');
  startSpan({ name: 'work' }, () => {
    for (let i = 0; i < 5; i++) void fetch('https://api.test/');
  });
  expect(reads.mock.calls.length).toBeLessThanOrEqual(1);
});

it('without tracing, headers keep the span id of the page inside startSpan', () => {
  tracePage();
  const outside = getTraceData();
  startSpan({ name: 'none' }, () => {
    expect(getTraceData()).toEqual(outside);
  });
});

it('an empty environment is none', () => {
  tracePage({ environment: '' });
  expect(getTraceData().baggage).toContain('sentry-environment=production');
});
