/** @jest-environment ./tests/shim/page-environment.js */
import {
  close,
  continueTrace,
  getActiveSpan,
  getTraceData,
  startInactiveSpan,
  startNewTrace,
  startSpan,
  suppressTracing,
  withActiveSpan,
} from '../../../js/index.js';
import { tracePage } from '../support/page.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const INCOMING = { sentryTrace: `${TRACE}-00f067aa0ba902b7-1`, baggage: 'sentry-release=up' };

const traceId = () => getTraceData()['sentry-trace']!.slice(0, 32);

beforeEach(() => {
  tracePage({ tracesSampleRate: 1, integrations: [] });
});
afterEach(() => close());

describe('continueTrace', () => {
  it('holds until the callback returns, and hands on its result', () => {
    const page = traceId();
    expect(continueTrace(INCOMING, traceId)).toBe(TRACE);
    expect(traceId()).toBe(page);
  });

  it('holds until the promise settles, and hands on that promise', async () => {
    const page = traceId();
    let release = () => {};
    const promise = new Promise<string>((resolve) => {
      release = () => {
        resolve('done');
      };
    });
    expect(continueTrace(INCOMING, () => promise)).toBe(promise);
    expect(traceId()).toBe(TRACE);
    release();
    await promise;
    expect(traceId()).toBe(page);
  });

  it("hands on the callback's own error", () => {
    const page = traceId();
    const error = new Error('of the page');
    expect(() =>
      continueTrace(INCOMING, () => {
        throw error;
      }),
    ).toThrow(error);
    expect(traceId()).toBe(page);
  });

  it('has no active span at first; what starts is a root of the trace', () => {
    startSpan({ name: 'outer' }, () => {
      continueTrace(INCOMING, () => {
        expect(getActiveSpan()).toBeUndefined();
        expect(startInactiveSpan({ name: 'root' }).spanContext().traceId).toBe(TRACE);
      });
    });
  });

  it('is left by close, settled or not', async () => {
    void continueTrace(INCOMING, () => new Promise(() => {}));
    expect(traceId()).toBe(TRACE);
    await close();
    tracePage({ tracesSampleRate: 1, integrations: [] });
    expect(traceId()).not.toBe(TRACE);
  });

  it('takes baggage of several headers', () => {
    const incoming = { ...INCOMING, baggage: ['sentry-release=one', 'sentry-environment=two'] };
    const { baggage } = continueTrace(incoming, () => getTraceData());
    expect(baggage).toMatch(/^sentry-release=one,sentry-environment=two/);
  });
});

describe('startNewTrace', () => {
  it('has a trace of its own, undecided until a root starts', () => {
    const page = traceId();
    startNewTrace(() => {
      expect(traceId()).not.toBe(page);
      expect(getTraceData()['sentry-trace']).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
    });
    expect(traceId()).toBe(page);
  });

  it('nests', () => {
    const seen = startNewTrace(() => [traceId(), startNewTrace(traceId), traceId()]);
    expect(seen[0]).toBe(seen[2]);
    expect(seen[1]).not.toBe(seen[0]);
  });
});

describe('withActiveSpan', () => {
  it('makes a span, or none, the parent of what starts', () => {
    const root = startInactiveSpan({ name: 'root' });
    withActiveSpan(root, () => {
      expect(getActiveSpan()).toBe(root);
      withActiveSpan(null, () => {
        expect(getActiveSpan()).toBeUndefined();
      });
    });
    expect(getActiveSpan()).toBeUndefined();
  });
});

describe('suppressTracing', () => {
  it('records nothing that starts in it', () => {
    expect(suppressTracing(() => startInactiveSpan({ name: 'a' }).isRecording())).toBe(false);
    expect(startInactiveSpan({ name: 'b' }).isRecording()).toBe(true);
  });

  // propagation.md section 8.2: not when its promise settles.
  it('is over when the callback returns', async () => {
    await suppressTracing(async () => {
      expect(startInactiveSpan({ name: 'a' }).isRecording()).toBe(false);
      await Promise.resolve();
      expect(startInactiveSpan({ name: 'b' }).isRecording()).toBe(true);
    });
  });

  it('keeps the trace of the active span, as not sampled', () => {
    startSpan({ name: 'root' }, (root) => {
      suppressTracing(() => {
        const { 'sentry-trace': header } = getTraceData();
        expect(header).toMatch(new RegExp(`^${root.spanContext().traceId}-[0-9a-f]{16}-0$`));
      });
    });
  });
});

describe('getTraceData', () => {
  it('speaks for the span that it is given', () => {
    const span = startInactiveSpan({ name: 'root' });
    const { traceId: id, spanId } = span.spanContext();
    expect(getTraceData({ span })['sentry-trace']).toBe(`${id}-${spanId}-1`);
  });

  it('has a traceparent only if asked', () => {
    expect(getTraceData()).not.toHaveProperty('traceparent');
    const { 'sentry-trace': trace, traceparent } = getTraceData({ propagateTraceparent: true });
    expect(traceparent).toBe(`00-${trace!}-00`);
  });

  // Delta: the peer has no headers without a DSN (propagation.md section 10).
  it('needs no DSN', async () => {
    await close();
    tracePage({ dsn: undefined as never, tracesSampleRate: 1, integrations: [] });
    expect(getTraceData()).toHaveProperty('sentry-trace');
  });

  it('is empty when the SDK is off', async () => {
    await close();
    expect(getTraceData()).toEqual({});
    tracePage({ enabled: false });
    expect(getTraceData()).toEqual({});
  });
});
