/** @jest-environment ./tests/shim/page-environment.js */
import {
  close,
  continueTrace,
  explainTrace,
  getActiveSpan,
  getTraceData,
  spanToJSON,
  startInactiveSpan,
  startSpan,
  type SamplingContext,
  type SamplingData,
} from '../../../js/index.js';
import { openClient } from '../../../js/api/client.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import { hostWithoutPage } from '../support/host.js';
import { tracePage } from '../support/page.js';

const INCOMING = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1';

/** A page whose sampler is called with these contexts. */
function traced(sampler: (context: SamplingContext) => unknown, options: ClientOptions = {}) {
  const calls: SamplingContext[] = [];
  const tracesSampler = (context: SamplingContext) => {
    calls.push(context);
    return sampler(context) as number;
  };
  const client = tracePage({ tracesSampler, integrations: [], ...options })!;
  return { calls, client };
}

const isSampled = () => startInactiveSpan({ name: 'root', parentSpan: null }).isRecording();

afterEach(() => close());

describe('tracesSampler', () => {
  it('is told name and attributes of the root, without what is made of the op', () => {
    const { calls } = traced(() => 1);
    startInactiveSpan({ name: 'work', op: 'task', attributes: { size: 3 } });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toEqual({
      name: 'work',
      attributes: { size: 3 },
      inheritOrSampleWith: expect.any(Function),
    });
    expect(calls[0]!.inheritOrSampleWith(0.5)).toBe(0.5);
  });

  it('is told what the parent decided, and by which rate', () => {
    const { calls } = traced(() => 1);
    const trace = { sentryTrace: INCOMING, baggage: 'sentry-sample_rate=0.25' };
    continueTrace(trace, () => startInactiveSpan({ name: 'work' }));
    expect(calls[0]).toMatchObject({ parentSampled: true, parentSampleRate: 0.25 });
    expect(calls[0]!.inheritOrSampleWith(0.5)).toBe(0.25);
  });

  it('inherits the decision where the parent tells no rate', () => {
    const { calls } = traced(() => 1);
    continueTrace({ sentryTrace: INCOMING.replace(/1$/, '0') }, () =>
      startInactiveSpan({ name: 'work' }),
    );
    expect(calls[0]!.inheritOrSampleWith(0.5)).toBe(0);
  });

  it.each([
    [1, true],
    [0, false],
    [true, true],
    [false, false],
    ['1.0x', true],
    ['', false],
    [NaN, false],
    [2, false],
    [undefined, false],
    [{}, false],
  ])('answering %p gives %p', (answer, sampled) => {
    traced(() => answer);
    expect(isSampled()).toBe(sampled);
  });

  it('is not asked about children', () => {
    const { calls } = traced(() => 1);
    startSpan({ name: 'root' }, () => startInactiveSpan({ name: 'child' }));
    expect(calls.map(({ name }) => name)).toEqual(['root']);
  });

  it('that throws leaves the decision to the rate', () => {
    const fail = () => {
      throw new Error('of the page');
    };
    traced(fail, { tracesSampleRate: 1 });
    expect(isSampled()).toBe(true);
    expect(explainTrace()).toMatchObject({ source: 'fresh-trace' });
  });

  it('that throws drops the root where there is no rate', () => {
    traced(() => {
      throw new Error('of the page');
    });
    expect(isSampled()).toBe(false);
  });

  it('may start spans and read trace data', () => {
    let depth = 0;
    let inner: unknown;
    traced(() => {
      if (depth++ === 0) {
        inner = startSpan({ name: 'inner', parentSpan: null }, (span) => spanToJSON(span));
        getTraceData();
      }
      return 1;
    });
    const outer = startInactiveSpan({ name: 'outer', attributes: { kept: 'yes' } });
    expect(inner).toMatchObject({ description: 'inner' });
    expect(spanToJSON(outer)).toMatchObject({ description: 'outer', data: { kept: 'yes' } });
  });
});

describe('beforeSampling', () => {
  it('may decide for the parent and change attributes', () => {
    const { client } = traced(({ parentSampled }) => (parentSampled ? 1 : 0));
    const seen: SamplingData[] = [];
    client.on('beforeSampling', (data, result) => {
      seen.push({ ...data });
      expect(result).toEqual({ decision: false });
      data.parentSampled = true;
      data.spanAttributes['added'] = 1;
    });
    const span = startInactiveSpan({ name: 'work', attributes: { size: 3 } });
    expect(seen[0]).toMatchObject({ spanName: 'work', spanAttributes: { size: 3 } });
    expect(spanToJSON(span)).toMatchObject({ data: { size: 3, added: 1 } });
  });

  it('is not called once it was taken away', () => {
    const listener = jest.fn();
    const { client } = traced(() => 1);
    const stop = client.on('beforeSampling', listener);
    stop();
    startInactiveSpan({ name: 'work' });
    expect(listener).not.toHaveBeenCalled();
  });

  it('of another listener that throws is called all the same', () => {
    const { client } = traced(() => 1);
    const listener = jest.fn();
    client.on('beforeSampling', () => {
      throw new Error('of the page');
    });
    client.on('beforeSampling', listener);
    expect(isSampled()).toBe(true);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe('a hook that does not exist', () => {
  it('is told with debug, and nothing else happens', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const { client } = traced(() => 1, { debug: true });
    warn.mockClear();
    const stop = client.on('nonsense' as 'createDsc', () => {});
    expect(warn.mock.calls).toEqual([["[throughline] client.on: no hook 'nonsense'; ignored"]]);
    expect(stop).not.toThrow();
    expect(() => client.on('toString' as 'createDsc', () => {})).not.toThrow();
    warn.mockRestore();
  });
});

describe('createDsc', () => {
  const members = (text = '') => Object.fromEntries(text.split(',').map((pair) => pair.split('=')));

  it('adds to what is sent, every time', () => {
    const client = tracePage({ tracesSampleRate: 1, integrations: [] })!;
    let count = 0;
    client.on('createDsc', (dsc) => {
      count += 1;
      dsc['replay_id'] = `r${count}`;
    });
    const read = () => members(getTraceData().baggage)['sentry-replay_id'];
    expect([read(), read()]).toEqual(['r1', 'r2']);
  });

  it('is told the root span', () => {
    const client = tracePage({ tracesSampleRate: 1, integrations: [] })!;
    const roots: unknown[] = [];
    client.on('createDsc', (_, root) => roots.push(root?.spanContext().spanId));
    startSpan({ name: 'root' }, (root) => {
      startSpan({ name: 'child' }, () => getTraceData());
      expect(roots).toEqual([root.spanContext().spanId]);
    });
  });

  it('is not shown an incoming one', () => {
    const client = tracePage({ tracesSampleRate: 1, integrations: [] })!;
    const listener = jest.fn();
    client.on('createDsc', listener);
    continueTrace({ sentryTrace: INCOMING, baggage: 'sentry-release=up' }, () => {
      expect(getTraceData().baggage).toContain('sentry-release=up');
    });
    expect(listener).not.toHaveBeenCalled();
  });

  it('may read trace data and start spans', () => {
    const client = tracePage({ tracesSampleRate: 1, integrations: [] })!;
    let inner: unknown;
    client.on('createDsc', (dsc) => {
      inner = getTraceData();
      startInactiveSpan({ name: 'from a listener' }).end();
      dsc['added'] = 'yes';
    });
    expect(members(getTraceData().baggage)['sentry-added']).toBe('yes');
    expect(inner).toMatchObject({ baggage: expect.not.stringContaining('added') });
    expect(getActiveSpan()).toBeUndefined();
  });

  it('that leaves a value no text can be made of changes nothing, and sending goes on', async () => {
    const send = jest.fn(() => Promise.resolve(200));
    const dsn = 'https://public@collector.test/1';
    const client = openClient(hostWithoutPage({ recording_: recordingBy(send) }), {
      dsn,
      tracesSampleRate: 1,
    })!;
    client.on('createDsc', (dsc) => {
      dsc['bad'] = Object.create(null) as never;
    });
    expect(getTraceData().baggage).toContain('sentry-public_key=public');
    startInactiveSpan({ name: 'first' }).end();
    startInactiveSpan({ name: 'second' }).end();
    await client.flush();
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('leaves out what has no value', () => {
    const client = tracePage({ tracesSampleRate: 1, integrations: [] })!;
    client.on('createDsc', (dsc) => {
      Object.assign(dsc, { environment: undefined, release: '', flag: false, zero: 0 });
    });
    const { baggage = '' } = getTraceData();
    expect(baggage).not.toMatch(/environment|release|flag/);
    expect(baggage).toContain('sentry-zero=0');
  });
});
