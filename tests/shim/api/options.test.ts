import { openClient } from '../../../js/api/client.js';
import {
  browserTracingIntegration,
  close,
  getTraceData,
  startInactiveSpan,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
const warnings = (): unknown[] => warn.mock.calls.map(([text]) => text as unknown);

const usable = { dsn: 'https://public@collector.test/1', tracePropagationTargets: ['/api'] };

/** Whatever a page may write. */
function open(options: object): void {
  const host = hostWithoutPage();
  openClient({ ...host, startModule: host.startModule }, options);
}

beforeEach(() => {
  warn.mockClear();
});

afterEach(() => close());

describe('options with debug', () => {
  it('say nothing when all is well', () => {
    open({ ...usable, debug: true, release: 'a', tracesSampleRate: 0.5, sendClientReports: false });
    expect(warnings()).toEqual([]);
  });

  it.each([
    [
      { dsn: 'nonsense' },
      'options.dsn: expected a DSN, got "nonsense"; nothing is sent, headers still work',
    ],
    [{ dsn: undefined }, 'options.dsn: not set; nothing is sent, headers still work'],
    [{ dsn: 7 }, 'options.dsn: expected a DSN, got 7; as if it were not set'],
    [
      { tracesSampleRate: 'high' },
      'options.tracesSampleRate: expected a number from 0 to 1, got "high"; no trace is sampled',
    ],
    [
      { tracesSampleRate: 2 },
      'options.tracesSampleRate: expected a number from 0 to 1, got 2; no trace is sampled',
    ],
    [{ release: {} }, 'options.release: expected a string, got an object; as if it were not set'],
    [{ enabled: 'no' }, 'options.enabled: expected a boolean, got "no"; as if it were not set'],
    [{ enviroment: 'test' }, 'options.enviroment: not known; ignored. Did you mean environment?'],
    [{ somethingElse: 1 }, 'options.somethingElse: not known; ignored'],
    [
      { tracePropagationTargets: undefined },
      "options.tracePropagationTargets: not set; headers go to the page's own origin only",
    ],
    [
      { tracePropagationTargets: '/api' },
      'options.tracePropagationTargets: expected a list of strings, RegExps or functions, got "/api"; taken as a list of one',
    ],
    [
      { tracePropagationTargets: ['/api', 7] },
      'options.tracePropagationTargets: expected a list of strings, RegExps or functions, got 7; this entry is left out',
    ],
    [
      { integrations: [browserTracingIntegration({ idleTimeout: -1 })] },
      'browserTracingIntegration.idleTimeout: expected milliseconds from 0, got -1; as if it were not set',
    ],
    [
      { transportOptions: { bufferSize: 'many', headers: {} } },
      'transportOptions.bufferSize: expected a number from 0, got "many"; as if it were not set',
    ],
    [
      { normalizeDepth: 'deep' },
      'options.normalizeDepth: expected a number from 0, got "deep"; as if it were not set',
    ],
  ])('%j is one warning', (bad, finding) => {
    open({ ...usable, ...bad, debug: true });
    expect(warnings()).toEqual([`[throughline] ${finding}`]);
  });

  it('warn once of options of the transport within those of the transport', () => {
    const inside: Record<string, unknown> = {};
    inside['transportOptions'] = inside;
    open({ ...usable, transportOptions: inside, debug: true });
    expect(warnings()).toEqual([
      '[throughline] transportOptions.transportOptions: not known; ignored',
    ]);
  });

  it('warn once for each of several', () => {
    open({ debug: true, tracesSampleRate: 'high', unheardOf: 1 });
    expect(warnings()).toHaveLength(4);
  });

  it('say nothing of options of other products', () => {
    open({ ...usable, debug: true, replaysSessionSampleRate: 1, beforeSend: () => null });
    expect(warnings()).toEqual([]);
  });
});

describe('options that are unusable', () => {
  it('are passed over in silence without debug', () => {
    open({ dsn: 'nonsense', release: 7, whatever: true });
    expect(warnings()).toEqual([]);
  });

  it('leave headers working', () => {
    open({ dsn: 'nonsense', tracesSampleRate: 'high', environment: 'test' });
    expect(getTraceData()['sentry-trace']).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}/);
    expect(getTraceData().baggage).toContain('sentry-environment=test');
  });

  it.each([
    ['a symbol', Symbol('s')],
    ['a BigInt', 10n],
    ['an object without text', Object.create(null)],
    [
      'an object whose text throws',
      {
        toString: () => {
          throw new Error('of the page');
        },
      },
    ],
  ])('do not stop the others, whatever they are: %s', (_, value) => {
    open({ ...usable, environment: value, release: 'still-read' });
    expect(getTraceData().baggage).toContain('sentry-release=still-read');
  });

  it('unsampled is what a rate out of range means', () => {
    open({ ...usable, tracesSampleRate: 2 });
    expect(startInactiveSpan({ name: 'x' }).isRecording()).toBe(false);
  });
});

describe('init again', () => {
  it('warns with debug and replaces the options', () => {
    open({ ...usable, release: 'first' });
    open({ ...usable, environment: 'second', debug: true });
    expect(warnings()).toEqual([
      '[throughline] init was called again: its options replace the earlier ones',
    ]);
    const { baggage } = getTraceData();
    expect(baggage).toContain('sentry-environment=second');
    expect(baggage).not.toContain('sentry-release');
  });

  it('keeps the client and the trace', () => {
    const host = hostWithoutPage();
    const first = openClient(host, usable);
    const trace = startInactiveSpan({ name: 'x' }).spanContext().traceId;
    expect(openClient(host, usable)).toBe(first);
    expect(startInactiveSpan({ name: 'y' }).spanContext().traceId).toBe(trace);
  });
});

describe('integrations of a second init', () => {
  it('are not installed', () => {
    const install = jest.fn(() => []);
    open(usable);
    open({ ...usable, integrations: [{ name: 'Late', install }] });
    expect(install).not.toHaveBeenCalled();
  });

  it('have their options read all the same', () => {
    open(usable);
    const tracing = { name: 'BrowserTracing', options: { detectRedirects: 'perhaps' } };
    open({ ...usable, debug: true, integrations: [tracing] });
    expect(warnings()).toContainEqual(expect.stringContaining('detectRedirects'));
  });

  it('are installed by one after close', async () => {
    const install = jest.fn(() => []);
    await openClient(hostWithoutPage(), usable)!.close();
    open({ ...usable, integrations: [{ name: 'Late', install }] });
    expect(install).toHaveBeenCalledTimes(1);
  });
});

describe('a host that refuses WebAssembly', () => {
  const refuse = (): never => {
    throw new WebAssembly.CompileError('blocked by a policy');
  };

  it('is one warning with debug, and nothing else happens', () => {
    const host = hostWithoutPage({ startModule: refuse });
    expect(openClient(host, { debug: true, nonsense: 1 } as object)).toBeUndefined();
    expect(warnings()).toEqual([
      expect.stringMatching(/^\[throughline\] WebAssembly could not be started .*wasm-unsafe-eval/),
    ]);
    expect(getTraceData()).toEqual({});
    expect(startInactiveSpan({ name: 'x' }).isRecording()).toBe(false);
  });

  it('is silent without debug', () => {
    openClient(hostWithoutPage({ startModule: refuse }), {});
    expect(warnings()).toEqual([]);
  });
});
