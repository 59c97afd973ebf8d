/** @jest-environment ./tests/shim/page-environment.js */
import { close, explainPropagation } from '../../../js/index.js';
import { tracePage } from '../support/page.js';

const pageFetch = jest.fn(() => Promise.resolve(new Response('{}')));
const regExp = /\/v\d+\//g;
const targets = ['api.test', regExp, (url: string) => url.endsWith('?yes')];

beforeEach(() => {
  globalThis.fetch = pageFetch;
});
afterEach(() => close());

describe('explainPropagation', () => {
  it('names the entry that matched, whichever kind it is', () => {
    tracePage({ tracePropagationTargets: targets });
    expect(explainPropagation('https://api.test/x')).toMatchObject({
      attach: true,
      reason: 'target-matched',
      pattern: 'api.test',
    });
    expect(explainPropagation('https://other.test/v1/x').pattern).toEqual(regExp);
    expect(explainPropagation('https://other.test/?yes').pattern).toBe(targets[2]);
  });

  it('says why nothing is attached', () => {
    tracePage({ tracePropagationTargets: targets });
    expect(explainPropagation('/orders')).toEqual({
      attach: false,
      reason: 'no-target-matched',
      url: new URL('/orders', document.baseURI).href,
      headers: {},
    });
    expect(explainPropagation('http://[').reason).toBe('unparsable-url');
  });

  it('tells what would be added, and sends nothing', () => {
    tracePage({ tracesSampleRate: 1 });
    const { headers } = explainPropagation('/orders');
    expect(Object.keys(headers)).toEqual(['sentry-trace', 'baggage']);
    expect(pageFetch).not.toHaveBeenCalled();
  });

  it('leaves alone what the application has set, in any container', () => {
    tracePage({ tracesSampleRate: 1 });
    for (const headers of [
      { 'Sentry-Trace': 'x' },
      [['SENTRY-TRACE', 'x']] as [string, string][],
      new Headers({ 'sentry-trace': 'x' }),
    ]) {
      const told = explainPropagation('/orders', { headers });
      expect(told).toMatchObject({ attach: false, reason: 'already-set' });
      expect(Object.keys(told.headers)).toEqual(['baggage']);
    }
    const request = new Request('https://app.test/x', { headers: { 'sentry-trace': 'x' } });
    expect(explainPropagation(request).reason).toBe('already-set');
  });

  it('of a client that is disabled, and without one', async () => {
    tracePage({ enabled: false });
    expect(explainPropagation('/orders').reason).toBe('disabled');
    await close();
    expect(explainPropagation('/orders').reason).toBe('core-unavailable');
  });
});
