/** @jest-environment ./tests/shim/page-environment.js */
import * as api from '../../js/propagation.js';

const {
  browserTracingIntegration,
  close,
  continueTrace,
  explainPropagation,
  flush,
  getClient,
  getTraceData,
  init,
  startNewTrace,
} = api;

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const INCOMING = { sentryTrace: `${TRACE}-00f067aa0ba902b7-1`, baggage: 'sentry-release=up' };

type Call = [input: RequestInfo | URL, init?: RequestInit];

const pageFetch = jest.fn<Promise<Response>, Call>(() => Promise.resolve(new Response('{}')));
const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});

const headersOf = (url: string): Headers => {
  void fetch(url);
  return new Headers(pageFetch.mock.calls.at(-1)![1]?.headers);
};
const traceId = (): string => getTraceData()['sentry-trace']!.slice(0, 32);

beforeEach(() => {
  pageFetch.mockClear();
  warn.mockClear();
  globalThis.fetch = pageFetch as typeof fetch;
  document.head.innerHTML = '';
});
afterEach(() => close());

/** With options about spans, which mean nothing here. */
const start = (options: api.ClientOptions = {}): api.Client | undefined =>
  init({
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    tracePropagationTargets: ['/api/'],
    integrations: [browserTracingIntegration()],
    ...options,
  });

describe('throughline/propagation', () => {
  it('continues the trace of the meta tags', () => {
    document.head.innerHTML = `<meta name="sentry-trace" content="${INCOMING.sentryTrace}">
      <meta name="baggage" content="${INCOMING.baggage}">`;
    start();
    const headers = headersOf('/api/a');
    expect(headers.get('sentry-trace')).toMatch(new RegExp(`^${TRACE}-[0-9a-f]{16}-1$`));
    expect(headers.get('baggage')).toMatch(/^sentry-release=up,sentry-sample_rand=/);
  });

  it('sends one trace and one span id as long as the page stays on a route', () => {
    start();
    const first = headersOf('/api/a').get('sentry-trace');
    // No decision: nothing is recorded here, whatever the rate says.
    expect(first).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
    expect(headersOf('/api/b').get('sentry-trace')).toBe(first);
    history.pushState(null, '', '/next');
    expect(headersOf('/api/c').get('sentry-trace')!.slice(0, 32)).not.toBe(first!.slice(0, 32));
  });

  it('goes by the targets, and says why', () => {
    start();
    expect(headersOf('/other').has('sentry-trace')).toBe(false);
    expect(explainPropagation('/other').reason).toBe('no-target-matched');
    expect(explainPropagation('/api/a')).toMatchObject({
      attach: true,
      reason: 'target-matched',
      pattern: '/api/',
    });
  });

  it('asks RegExps and functions', () => {
    start({ tracePropagationTargets: [/orders/, (url) => url.endsWith('?yes')] });
    expect(headersOf('/orders').has('sentry-trace')).toBe(true);
    expect(headersOf('/a?yes').has('sentry-trace')).toBe(true);
    expect(headersOf('/a?no').has('sentry-trace')).toBe(false);
  });

  it('puts headers on XMLHttpRequest', () => {
    const set = jest.spyOn(XMLHttpRequest.prototype, 'setRequestHeader');
    start({ integrations: [browserTracingIntegration({ traceFetch: false })] });
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/a');
    xhr.send();
    xhr.abort();
    expect(set.mock.calls.map(([name]) => name)).toEqual(['sentry-trace', 'baggage']);
    expect(headersOf('/api/a').has('sentry-trace')).toBe(false);
  });

  it('runs callbacks in another trace', () => {
    start();
    const page = traceId();
    expect(continueTrace(INCOMING, traceId)).toBe(TRACE);
    expect(startNewTrace(traceId)).not.toBe(page);
    expect(traceId()).toBe(page);
  });

  it('gives headers for transports of the application', () => {
    start();
    const data = getTraceData({ propagateTraceparent: true });
    expect(data.traceparent).toBe(`00-${data['sentry-trace']!}-00`);
    expect(data.baggage).toContain(`sentry-trace_id=${data['sentry-trace']!.slice(0, 32)}`);
  });

  it('has nothing to send, and puts the page back', async () => {
    const client = start()!;
    expect(getClient()).toBe(client);
    expect(client.on('beforeSampling', () => {})).toBeInstanceOf(Function);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await flush()).toBe(true);
    expect(await close()).toBe(true);
    expect(fetch).toBe(pageFetch);
    expect(pageFetch).not.toHaveBeenCalled();
    expect(getTraceData()).toEqual({});
  });

  it('says nothing about options that it has no use for', () => {
    start({ debug: true, tracesSampler: () => 1, sendClientReports: false });
    expect(warn).not.toHaveBeenCalled();
  });
});
