/** @jest-environment ./tests/shim/page-environment.js */
import {
  browserTracingIntegration,
  close,
  getClient,
  spanToJSON,
  type BrowserTracingOptions,
  type ClientOptions,
  type Span,
} from '../../../js/index.js';
import { tracePage } from '../support/page.js';

const proto = XMLHttpRequest.prototype;
const send = jest.spyOn(proto, 'send').mockImplementation(() => {});
const pageFetch = jest.fn<Promise<Response>, [RequestInfo | URL, RequestInit?]>();

let onRequestSpanStart: jest.Mock<unknown, [Span, { headers: Headers | undefined }]>;
let onRequestSpanEnd: jest.Mock<unknown, [Span, { headers: Headers | undefined; error: unknown }]>;

function trace(options: BrowserTracingOptions = {}, more: ClientOptions = {}): void {
  const hooks = { onRequestSpanStart, onRequestSpanEnd };
  tracePage({
    tracesSampleRate: 1,
    ...more,
    integrations: [browserTracingIntegration({ ...hooks, ...options })],
  });
}

/** As the browser does it: state and status first, then the event. */
function answer(xhr: XMLHttpRequest, status: number, headers = ''): void {
  Object.defineProperties(xhr, {
    readyState: { configurable: true, value: 4 },
    status: { configurable: true, value: status },
    getAllResponseHeaders: { configurable: true, value: () => headers },
  });
  xhr.dispatchEvent(new Event('readystatechange'));
}

function request(
  path = '/orders',
  headers: Record<string, string> = { 'x-app': 'shop' },
): XMLHttpRequest {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', path);
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
  xhr.send();
  return xhr;
}

beforeEach(() => {
  jest.clearAllMocks();
  onRequestSpanStart = jest.fn();
  onRequestSpanEnd = jest.fn();
  globalThis.fetch = pageFetch as typeof fetch;
  pageFetch.mockImplementation(() =>
    Promise.resolve(new Response('{}', { headers: { 'x-answer': 'yes' } })),
  );
});

afterEach(() => close());

const startOf = () => onRequestSpanStart.mock.calls.at(-1)!;
const endOf = () => onRequestSpanEnd.mock.calls.at(-1)!;

describe('the hooks of a request by fetch', () => {
  it.each<[string, Parameters<typeof fetch>]>([
    ['init', ['/orders', { headers: { 'x-app': 'shop' } }]],
    ['a Request', [new Request('http://localhost/orders', { headers: { 'x-app': 'shop' } })]],
  ])('are given the headers of %s, before it leaves', (_, args) => {
    onRequestSpanStart.mockImplementation(() => {
      expect(pageFetch).not.toHaveBeenCalled();
    });
    trace();
    void fetch(...args);
    const [span, { headers }] = startOf();
    expect(headers?.get('x-app')).toBe('shop');
    expect(spanToJSON(span)).toMatchObject({
      op: 'http.client',
      description: expect.stringMatching(/orders$/) as string,
    });
    expect(new Headers(pageFetch.mock.calls[0]![1]?.headers).get('sentry-trace')).toContain(
      span.spanContext().spanId,
    );
  });

  it('are given no headers where there are none', () => {
    trace();
    void fetch('/orders');
    expect(startOf()[1]).toEqual({ headers: undefined });
  });

  it('leave headers that can be read once only to the browser', () => {
    trace({}, { tracePropagationTargets: [] });
    const once = [['x-app', 'shop']].values() as unknown as HeadersInit;
    void fetch('/orders', { headers: once });
    expect(Array.from(once as Iterable<unknown>)).toEqual([['x-app', 'shop']]);
  });

  it('are given the same span after it ended, with status and the headers of the answer', async () => {
    onRequestSpanEnd.mockImplementation((span) => {
      expect(spanToJSON(span)).toMatchObject({
        status: 'ok',
        timestamp: expect.any(Number) as number,
        data: { 'http.response.status_code': 200 },
      });
    });
    trace();
    await fetch('/orders');
    const [span, { headers, error }] = endOf();
    expect(span).toBe(startOf()[0]);
    expect(headers?.get('x-answer')).toBe('yes');
    expect(error).toBeUndefined();
  });

  it('are given what it failed with', async () => {
    const failure = new TypeError('Failed to fetch');
    pageFetch.mockReturnValueOnce(Promise.reject(failure));
    trace();
    await expect(fetch('/orders')).rejects.toBe(failure);
    const [span, { headers, error }] = endOf();
    expect(spanToJSON(span).status).toBe('internal_error');
    expect(error).toBe(failure);
    expect(headers).toBeUndefined();
  });

  it('see what they set, and so does the payload', async () => {
    onRequestSpanStart.mockImplementation((span) => span.setAttribute('start', true));
    onRequestSpanEnd.mockImplementation((span) => span.setAttribute('end', true));
    trace();
    await fetch('/orders');
    expect(spanToJSON(endOf()[0]).data).toMatchObject({ start: true, end: true });
  });

  it('get a placeholder where nothing is recorded', async () => {
    trace({ shouldCreateSpanForRequest: () => false });
    await fetch('/orders');
    expect(startOf()[0].isRecording()).toBe(false);
    expect(endOf()[0]).toBe(startOf()[0]);
  });

  it('may throw', async () => {
    const fails = (): never => {
      throw new Error('of the user');
    };
    onRequestSpanStart.mockImplementation(fails);
    onRequestSpanEnd.mockImplementation(fails);
    trace();
    getClient()!.on('beforeOutgoingRequestSpan', fails);
    expect((await fetch('/orders')).status).toBe(200);
    expect(pageFetch).toHaveBeenCalledTimes(1);
    expect(onRequestSpanEnd).toHaveBeenCalledTimes(1);
  });
});

describe('the hooks of a request by XMLHttpRequest', () => {
  it('are given what the page set, before it is sent', () => {
    onRequestSpanStart.mockImplementation(() => {
      expect(send).not.toHaveBeenCalled();
    });
    trace();
    request();
    expect(startOf()[1].headers?.get('x-app')).toBe('shop');
    expect(spanToJSON(startOf()[0]).data).toMatchObject({ type: 'xhr' });
  });

  it('are given the same span after it ended, with the headers of the answer', () => {
    trace();
    answer(request(), 404, 'content-type: text/plain\r\nx-answer: a: b\r\nx-empty: \r\n');
    const [span, { headers, error }] = endOf();
    expect(span).toBe(startOf()[0]);
    expect(spanToJSON(span)).toMatchObject({ status: 'not_found' });
    expect(Object.fromEntries(headers!)).toEqual({
      'content-type': 'text/plain',
      'x-answer': 'a: b',
      'x-empty': '',
    });
    expect(error).toBeUndefined();
  });

  it('are given no headers where there was no answer', () => {
    trace();
    answer(request(), 0);
    expect(endOf()[1].headers).toBeUndefined();
    expect(spanToJSON(endOf()[0]).status).toBe('internal_error');
  });

  it('are left alone by what delivers for others', () => {
    trace();
    const xhr = new XMLHttpRequest();
    xhr.open('POST', 'https://collector.test/?sentry_key=public');
    xhr.send();
    expect(onRequestSpanStart).not.toHaveBeenCalled();
  });
});

describe('an XMLHttpRequest that is used again', () => {
  it('ends the request that it gives up', () => {
    trace();
    const xhr = request('/first');
    const [first] = startOf();
    xhr.open('GET', '/second');
    xhr.send();
    answer(xhr, 200);
    expect(spanToJSON(first)).toMatchObject({
      status: 'internal_error',
      data: { 'http.response.status_code': 0 },
    });
    expect(spanToJSON(startOf()[0])).toMatchObject({
      description: 'GET /second',
      status: 'ok',
    });
  });

  it('leaves the request alone that it had finished', () => {
    trace();
    const xhr = request('/first');
    answer(xhr, 404);
    xhr.open('GET', '/second');
    expect(onRequestSpanEnd).toHaveBeenCalledTimes(1);
    expect(spanToJSON(startOf()[0]).status).toBe('not_found');
  });

  it('makes one request of each time it is opened, however often it is sent', () => {
    trace();
    const xhr = request();
    xhr.send();
    expect(onRequestSpanStart).toHaveBeenCalledTimes(1);
  });
});

describe('beforeOutgoingRequestSpan', () => {
  it('sees every request, recorded or not, before the hook of the integration', () => {
    const order: string[] = [];
    onRequestSpanStart.mockImplementation(() => order.push('start'));
    trace({ shouldCreateSpanForRequest: (url) => url !== '/unwanted' });
    const listener = jest.fn<unknown, [Span, object]>(() => order.push('before'));
    const off = getClient()!.on('beforeOutgoingRequestSpan', listener);
    void fetch('/orders', { method: 'POST' });
    void fetch('/unwanted');
    const xhr = request();
    off();
    request();
    expect(listener.mock.calls).toEqual([
      [startOfCall(0), hint({ input: ['/orders', { method: 'POST' }] })],
      [startOfCall(1), hint({ input: ['/unwanted'] })],
      [startOfCall(2), hint({ xhr })],
    ]);
    expect(order.slice(0, 2)).toEqual(['before', 'start']);
  });
});

const startOfCall = (index: number): Span => onRequestSpanStart.mock.calls[index]![0];
const hint = (request: object): object => ({
  ...request,
  startTimestamp: expect.any(Number) as number,
});

describe('a fetch that is made of XMLHttpRequest', () => {
  const polyfill = (url: string, init?: RequestInit): Promise<Response> =>
    new Promise(() => {
      const xhr = new XMLHttpRequest();
      xhr.open(init?.method ?? 'GET', url);
      new Headers(init?.headers).forEach((value, name) => {
        xhr.setRequestHeader(name, value);
      });
      xhr.send();
    });

  it.each([
    ['our', [''], ['baggage', 'sentry-trace']],
    ['no', [], []],
  ])('is one request with one set of %s headers', (_, tracePropagationTargets, expected) => {
    const set = jest.spyOn(proto, 'setRequestHeader');
    pageFetch.mockImplementationOnce((input, init) => polyfill(input as string, init));
    trace({}, { tracePropagationTargets });
    void fetch('/orders');
    expect(onRequestSpanStart).toHaveBeenCalledTimes(1);
    expect(set.mock.calls.map(([name]) => name)).toEqual(expected);
    set.mockRestore();
  });

  it('is one request also where the XMLHttpRequest is made later', async () => {
    const set = jest.spyOn(proto, 'setRequestHeader');
    const later = async (url: string, init?: RequestInit): Promise<Response> => {
      await Promise.resolve();
      return polyfill(url, init);
    };
    pageFetch.mockImplementationOnce((input, init) => later(input as string, init));
    trace({}, { tracePropagationTargets: [''] });
    void fetch('/orders');
    await Promise.resolve();
    expect(onRequestSpanStart).toHaveBeenCalledTimes(1);
    expect(set.mock.calls.map(([name]) => name)).toEqual(['baggage', 'sentry-trace']);
    set.mockRestore();
  });

  it('leaves an XMLHttpRequest with the headers of a fetch that is over what it is', async () => {
    pageFetch.mockResolvedValueOnce(new Response());
    trace({}, { tracePropagationTargets: [''] });
    await fetch('/orders');
    const headers = new Headers(pageFetch.mock.calls[0]![1]?.headers);
    request('/orders', { 'sentry-trace': headers.get('sentry-trace')! });
    expect(onRequestSpanStart).toHaveBeenCalledTimes(2);
  });

  it('leaves an XMLHttpRequest with an empty header beside a fetch without one what it is', () => {
    pageFetch.mockReturnValueOnce(new Promise<Response>(() => undefined));
    trace({}, { tracePropagationTargets: [] });
    void fetch('/orders');
    request('/other', { 'sentry-trace': '' });
    expect(onRequestSpanStart).toHaveBeenCalledTimes(2);
  });

  it('leaves an XMLHttpRequest to another URL what it is, and later ones to the same', () => {
    pageFetch.mockImplementationOnce(() => {
      request('/elsewhere');
      throw new TypeError('of a wrapper of the page');
    });
    trace();
    expect(() => fetch('/orders')).toThrow('of a wrapper of the page');
    request('/orders');
    expect(onRequestSpanStart).toHaveBeenCalledTimes(3);
  });
});
