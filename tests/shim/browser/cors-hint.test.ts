/** @jest-environment ./tests/shim/page-environment.js */
import type { TraceData } from '../../../js/api/propagation.js';
import { close, explainPropagation } from '../../../js/index.js';
import { hintAtCors } from '../../../js/browser/cors-hint.js';
import { tracePage } from '../support/page.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});

const hint = (origin: string, names = 'sentry-trace, baggage'): string =>
  `[throughline] headers go to ${origin}: its answer to the preflight needs "Access-Control-Allow-Headers: ${names}"`;
const lines = (): unknown[] => warn.mock.calls.map(([line]) => line as unknown);

// What was said stays said as long as the page, so every test has its own origins.
beforeEach(() => {
  warn.mockClear();
  globalThis.fetch = () => Promise.resolve(new Response('{}'));
});

afterEach(() => close());

describe('the hint about CORS', () => {
  it('names the header line, once per foreign origin', () => {
    tracePage({ debug: true });
    void fetch('https://api.test/a');
    void fetch('https://api.test/b');
    void fetch('https://levels.test/');
    expect(lines()).toEqual([hint('https://api.test'), hint('https://levels.test')]);
  });

  it('names traceparent where it is propagated', () => {
    tracePage({ debug: true, propagateTraceparent: true });
    void fetch('https://w3c.test/');
    expect(lines()).toEqual([hint('https://w3c.test', 'sentry-trace, baggage, traceparent')]);
  });

  it('comes for XMLHttpRequest as well', () => {
    const send = jest.spyOn(XMLHttpRequest.prototype, 'send').mockImplementation(() => {});
    tracePage({ debug: true });
    const xhr = new XMLHttpRequest();
    xhr.open('GET', 'https://xhr.test/');
    xhr.send();
    send.mockRestore();
    expect(lines()).toEqual([hint('https://xhr.test')]);
  });

  it.each([
    ['without debug', {}, 'https://quiet.test/'],
    ['for the origin of the page', { debug: true }, '/orders'],
    ['where nothing is attached', { debug: true, tracePropagationTargets: [] }, 'https://no.test/'],
  ])('does not come %s', (_, options, url) => {
    tracePage(options);
    void fetch(url);
    expect(lines()).toEqual([]);
  });

  it('does not come for a question about a request', () => {
    tracePage({ debug: true });
    expect(explainPropagation('https://asked.test/').attach).toBe(true);
    expect(lines()).toEqual([]);
  });

  it('stops at fifty origins', () => {
    const headers: TraceData = { 'sentry-trace': 'any' };
    for (let i = 0; i < 60; i++) hintAtCors(`https://tenant-${i}.test/`, headers);
    // Those of the tests above count.
    expect(lines()).toHaveLength(46);
  });
});
