/** @jest-environment ./tests/shim/page-environment.js */
import { browserTracingIntegration, close } from '../../../js/index.js';
import { startBuilt } from '../support/built.js';
import { breakCore, tracePage } from '../support/page.js';

type Call = [input: RequestInfo | URL, init?: RequestInit];

const response = Promise.resolve(new Response('{}'));
const pageFetch = jest.fn<Promise<Response>, Call>(() => response);
const lastCall = (): Call => pageFetch.mock.calls.at(-1)!;
const sentHeaders = (): Headers => new Headers(lastCall()[1]?.headers);

beforeEach(() => {
  pageFetch.mockClear();
  globalThis.fetch = pageFetch as typeof fetch;
});

afterEach(() => close());

describe('fetch', () => {
  it('carries the trace', () => {
    tracePage();
    void fetch('/orders');
    expect(sentHeaders().get('sentry-trace')).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
    expect(sentHeaders().get('baggage')).toContain('sentry-public_key=public');
  });

  it('is called once, with this and the other arguments of the page, and answers its promise', () => {
    tracePage();
    const page = {};
    const init = { method: 'POST', body: 'x', headers: { accept: '*/*' } };
    const answered = Reflect.apply(fetch, page, ['/orders', init]) as unknown;
    expect(answered).toBe(response);
    expect(pageFetch).toHaveBeenCalledTimes(1);
    expect(pageFetch.mock.contexts[0]).toBe(page);
    expect(lastCall()[0]).toBe('/orders');
    expect(lastCall()[1]).toMatchObject({ method: 'POST', body: 'x' });
    expect(init).toEqual({ method: 'POST', body: 'x', headers: { accept: '*/*' } });
  });

  it('leaves a Request as it is and takes its headers along', () => {
    tracePage();
    const request = new Request('http://localhost/orders', { headers: { accept: 'text/html' } });
    void fetch(request);
    expect(lastCall()[0]).toBe(request);
    expect(request.headers.has('sentry-trace')).toBe(false);
    expect(sentHeaders().get('accept')).toBe('text/html');
    expect(sentHeaders().has('sentry-trace')).toBe(true);
  });

  it('lets a rejection through untouched, and causes no other', async () => {
    const failure = new TypeError('Failed to fetch');
    pageFetch.mockReturnValueOnce(Promise.reject(failure));
    tracePage({ tracesSampleRate: 1 });
    await expect(fetch('/orders')).rejects.toBe(failure);
  });

  it('lets a synchronous exception through', () => {
    const failure = new TypeError('of a wrapper of the page');
    pageFetch.mockImplementationOnce(() => {
      throw failure;
    });
    tracePage();
    expect(() => fetch('/orders')).toThrow(failure);
  });

  it.each([
    ['no argument', []],
    ['a URL that cannot be turned into text', [{ toString: () => Symbol('no text') }]],
    ['headers that cannot be read', ['/orders', { headers: 1 }]],
  ])('passes on what it cannot make sense of: %s', (_, args) => {
    tracePage();
    Reflect.apply(fetch, undefined, args);
    expect(pageFetch.mock.calls).toHaveLength(1);
  });

  it('succeeds when our code throws', async () => {
    const module = startBuilt();
    tracePage({}, module);
    breakCore(module);
    expect(await fetch('/orders')).toBe(await response);
    expect(pageFetch.mock.calls).toEqual([['/orders']]);
  });

  it('succeeds when a callback of the user throws, and still carries the trace', () => {
    const shouldCreateSpanForRequest = (): never => {
      throw new Error('of the user');
    };
    tracePage({ integrations: [browserTracingIntegration({ shouldCreateSpanForRequest })] });
    void fetch('/orders');
    expect(sentHeaders().has('sentry-trace')).toBe(true);
  });

  it('is the one of the page again after close', async () => {
    tracePage();
    expect(fetch).not.toBe(pageFetch);
    await close();
    expect(fetch).toBe(pageFetch);
  });

  it('stays wrapped by others after close, without headers', async () => {
    tracePage();
    const ours = fetch;
    const theirs = (...call: Call): Promise<Response> => ours(...call);
    globalThis.fetch = theirs;
    await close();
    expect(fetch).toBe(theirs);
    await fetch('/orders');
    expect(pageFetch.mock.calls).toEqual([['/orders']]);
  });
});
