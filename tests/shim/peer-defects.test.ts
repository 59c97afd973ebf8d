/** @jest-environment ./tests/shim/page-environment.js */
// Every place of propagation.md that is marked with a delta and is the shim's: each test is named
// after the defect of the peer that it avoids. Those of the core: tests/native/peer_defects_test.cpp.
import { close, getTraceData, startInactiveSpan } from '../../js/index.js';
import { tracePage } from './support/page.js';

type Call = [input: RequestInfo | URL, init?: RequestInit];
const pageFetch = jest.fn<Promise<Response>, Call>(() => Promise.resolve(new Response('{}')));
const sent = (): Headers => new Headers(pageFetch.mock.calls.at(-1)![1]?.headers);
const ours = /^[0-9a-f]{32}-[0-9a-f]{16}(-[01])?$/;

beforeEach(() => {
  pageFetch.mockClear();
  globalThis.fetch = pageFetch as typeof fetch;
});
afterEach(() => close());

describe('the peer', () => {
  // Section 3.3.
  it('throws on lone surrogates in the context', () => {
    tracePage({ release: 'shop\ud800' });
    expect(getTraceData().baggage).toContain('sentry-release=shop%EF%BF%BD');
  });

  // Section 7.3.
  it('lets exceptions of a sampler out into the page', () => {
    tracePage({
      tracesSampler: () => {
        throw new Error('of the page');
      },
    });
    expect(() => startInactiveSpan({ name: 'work' })).not.toThrow();
  });

  // Section 11.
  it('alternates between attaching and not with a global RegExp', () => {
    const target = /api/g;
    tracePage({ tracePropagationTargets: [target] });
    const attached = ['/api/1', '/api/2', '/api/3', '/api/1'].map((url) => {
      void fetch(url);
      return sent().has('sentry-trace');
    });
    expect(attached).toEqual([true, true, true, true]);
    expect(target.lastIndex).toBe(0);
  });

  // Section 12.
  it('loses headers that come in other iterables', () => {
    tracePage();
    void fetch('/x', { headers: new Map([['x-own', 'kept']]) as never });
    expect(sent().get('x-own')).toBe('kept');
  });

  it.each([
    ['an object', { 'sentry-trace': '' }],
    ['pairs', [['sentry-trace', '']]],
    ['Headers', new Headers({ 'sentry-trace': '' })],
  ])('keeps an empty sentry-trace or doubles it: %s', (_, headers) => {
    tracePage();
    void fetch('/x', { headers: headers as HeadersInit });
    expect(sent().get('sentry-trace')).toMatch(ours);
  });

  it.each([
    ['an object', { 'Sentry-Trace': 'theirs', BAGGAGE: 'sentry-a=1' }],
    ['pairs', [['SENTRY-TRACE', 'theirs'], ['Baggage', 'sentry-a=1']]], // prettier-ignore
  ])('writes a header twice whose name has capitals: %s', (_, headers) => {
    tracePage();
    void fetch('/x', { headers: headers as HeadersInit });
    expect([...sent()]).toEqual([
      ['baggage', 'sentry-a=1'],
      ['sentry-trace', 'theirs'],
    ]);
  });

  it('writes the text undefined as baggage', () => {
    document.head.innerHTML =
      '<meta name="sentry-trace" content="4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1">';
    tracePage();
    document.head.innerHTML = '';
    void fetch('/x', { headers: { 'x-own': '1' } });
    expect(sent().get('sentry-trace')).toMatch(ours);
    expect(sent().has('baggage')).toBe(false);
  });

  // Section 13.
  it('remembers only the last of repeated XHR headers', () => {
    tracePage();
    const set = jest.spyOn(XMLHttpRequest.prototype, 'setRequestHeader');
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/x');
    xhr.setRequestHeader('baggage', 'sentry-a=1');
    xhr.setRequestHeader('baggage', 'b=2');
    set.mockClear();
    xhr.send();
    expect(set.mock.calls.filter(([name]) => name === 'baggage')).toEqual([]);
    set.mockRestore();
  });
});
