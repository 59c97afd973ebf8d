/** @jest-environment ./tests/shim/page-environment.js */
import { close, getTraceData } from '../../../js/index.js';
import { startBuilt } from '../support/built.js';
import { breakCore, tracePage } from '../support/page.js';

const traceId = (): string | undefined => getTraceData()['sentry-trace']?.slice(0, 32);

beforeEach(() => {
  history.replaceState(null, '', '/');
});

afterEach(() => close());

describe('history', () => {
  it.each(['pushState', 'replaceState'] as const)('%s starts a new trace', (method) => {
    tracePage();
    const before = traceId();
    history[method](null, '', '/next');
    expect(location.pathname).toBe('/next');
    expect(traceId()).not.toBe(before);
  });

  it('a call without a URL, or to the same one, does not', () => {
    tracePage();
    const before = traceId();
    history.pushState({ page: 2 }, '');
    history.replaceState({ page: 3 }, '', location.href);
    expect(history.state).toEqual({ page: 3 });
    expect(traceId()).toBe(before);
  });

  it('resolves against the base of the document', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = '/shop/';
    tracePage();
    history.pushState(null, '', 'lamps');
    const before = traceId();
    history.pushState(null, '', '/shop/lamps');
    expect(location.pathname).toBe('/shop/lamps');
    expect(traceId()).toBe(before);
    base.remove();
  });

  it('passes on the exception of a URL on another origin', () => {
    tracePage();
    expect(() => {
      history.pushState(null, '', 'https://other.test/');
    }).toThrow(expect.objectContaining({ name: 'SecurityError' }));
  });

  it('is traced where the page calls something of its own navigation', () => {
    Object.assign(globalThis, { navigation: { open: true } });
    tracePage();
    Reflect.deleteProperty(globalThis, 'navigation');
    const before = traceId();
    history.pushState(null, '', '/next');
    expect(traceId()).not.toBe(before);
  });

  it('goes on when our code throws', () => {
    const module = startBuilt();
    tracePage({}, module);
    breakCore(module);
    history.pushState(null, '', '/next');
    expect(location.pathname).toBe('/next');
  });

  it('inherits its methods again after close', async () => {
    tracePage();
    expect(Object.hasOwn(history, 'pushState')).toBe(true);
    await close();
    expect(Object.hasOwn(history, 'pushState')).toBe(false);
    expect(Object.hasOwn(history, 'replaceState')).toBe(false);
  });
});
