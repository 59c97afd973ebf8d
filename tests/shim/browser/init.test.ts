/** @jest-environment ./tests/shim/page-environment.js */
import { browserTracingIntegration, close, init } from '../../../js/index.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
jest.spyOn(console, 'log').mockImplementation(() => {});
const pageFetch = jest.fn(() => Promise.resolve(new Response('{}')));
const options = {
  debug: true,
  dsn: 'https://public@collector.test/1',
  tracePropagationTargets: [''],
  integrations: [browserTracingIntegration()],
};

beforeEach(() => {
  warn.mockClear();
  pageFetch.mockClear();
  globalThis.fetch = pageFetch;
});

afterEach(() => close());

describe('init', () => {
  it('has traced requests when it returns', () => {
    init(options);
    void fetch('/orders');
    expect(pageFetch.mock.calls[0]).toEqual([
      '/orders',
      { headers: expect.objectContaining({ 'sentry-trace': expect.any(String) }) },
    ]);
  });

  it.each([undefined, null])('starts with the defaults where it is given %s', (nothing) => {
    expect(init(nothing)?.getOptions()).toEqual({});
  });

  it('twice patches once', async () => {
    init(options);
    const patched = fetch;
    init(options);
    expect(fetch).toBe(patched);
    expect(warn).toHaveBeenCalledTimes(1);
    await close();
    expect(fetch).toBe(pageFetch);
  });

  it('without WebAssembly warns once and leaves the page alone', () => {
    const { WebAssembly } = globalThis;
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    try {
      expect(init(options)).toBeUndefined();
      expect(fetch).toBe(pageFetch);
      expect(warn).toHaveBeenCalledTimes(1);
    } finally {
      Object.assign(globalThis, { WebAssembly });
    }
  });

  it('does nothing in a crawler', () => {
    const agent = jest.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Googlebot/2.1');
    init(options);
    expect(fetch).toBe(pageFetch);
    agent.mockRestore();
  });

  const hasFetch = (): void => {
    void fetch('/orders');
    expect(pageFetch.mock.calls[0]).toEqual([
      '/orders',
      { headers: expect.objectContaining({ 'sentry-trace': expect.any(String) }) },
    ]);
  };

  it('outlives an initialScope that throws', () => {
    const initialScope = (): never => {
      throw new Error('of the page');
    };
    expect(init({ ...options, initialScope: initialScope as never })).toBeDefined();
    hasFetch();
  });

  it('outlives entries of integrations that are nothing', () => {
    init({ ...options, integrations: [null as never, ...options.integrations] });
    hasFetch();
  });

  it('takes a function integrations that throws for none', () => {
    const integrations = (): never => {
      throw new Error('of the page');
    };
    init({ ...options, integrations, defaultIntegrations: options.integrations });
    hasFetch();
  });

  it('says what integrations may be, and takes anything else for none', () => {
    init({ ...options, integrations: 'all' as never, defaultIntegrations: options.integrations });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('integrations'));
    hasFetch();
  });

  it('patches requests where the page cannot be asked for their times', () => {
    const observe = jest.fn(() => {
      throw new TypeError('entryTypes is missing');
    });
    Object.assign(globalThis, {
      PerformanceObserver: class {
        observe = observe;
        disconnect(): void {}
      },
    });
    init({ ...options, integrations: [browserTracingIntegration({ enableHTTPTimings: true })] });
    Reflect.deleteProperty(globalThis, 'PerformanceObserver');
    expect(observe).toHaveBeenCalled();
    hasFetch();
  });
});
