/** @jest-environment ./tests/shim/page-environment.js */
import { openClient } from '../../../js/api/client.js';
import { browserHost } from '../../../js/browser/host.js';
import type { CoreModule } from '../../../js/core/module.js';
import { browserTracingIntegration, close, getClient, getTraceData } from '../../../js/index.js';
import { startBuilt } from '../support/built.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
const response = Promise.resolve(new Response('{}'));
const pageFetch = jest.fn(() => response) as jest.Mock & typeof fetch;

const members: [object, string][] = [
  [globalThis, 'fetch'],
  [history, 'pushState'],
  [history, 'replaceState'],
  [XMLHttpRequest.prototype, 'open'],
  [XMLHttpRequest.prototype, 'send'],
  [XMLHttpRequest.prototype, 'setRequestHeader'],
];
const look = (): unknown[] =>
  members.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));

/** Counts every call that reaches the module. */
function watched(module: CoreModule): { module: CoreModule; calls: () => number } {
  let calls = 0;
  for (const owner of [module, module.raw] as unknown as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(owner)) {
      if (typeof value !== 'function') continue;
      owner[name] = (...args: unknown[]): unknown => {
        calls += 1;
        return Reflect.apply(value, owner, args) as unknown;
      };
    }
  }
  return { module, calls: () => calls };
}

describe('a core that trapped', () => {
  let before: unknown[];
  let calls: () => number;

  beforeEach(() => {
    globalThis.fetch = pageFetch;
    before = look();
    const started = watched(startBuilt());
    ({ calls } = started);
    const { raw } = started.module;
    openClient(
      browserHost(() => started.module),
      {
        dsn: 'https://public@collector.test/1',
        debug: true,
        tracePropagationTargets: [''],
        integrations: [browserTracingIntegration()],
      },
    );
    // A text beyond the end of memory: the module traps when it reads it.
    const request = raw.tl_request.bind(raw);
    raw.tl_request = (scope, active, _text, urlBytes, methodBytes, flags, now) =>
      request(scope, active, 0x7fff0000, urlBytes, methodBytes, flags, now);
    jest.clearAllMocks();
  });

  afterEach(() => close());

  it('leaves the request that met it as the page made it', async () => {
    const init = { method: 'POST' };
    const result = fetch('/orders', init);
    expect(await result).toBe(await response);
    expect(pageFetch.mock.calls).toEqual([['/orders', init]]);
    expect(pageFetch.mock.calls[0]?.[1]).toBe(init);
  });

  it('takes all patches back', async () => {
    expect(look()).not.toEqual(before);
    await fetch('/orders');
    expect(look()).toEqual(before);
  });

  it('is never called again', async () => {
    const fetchPatched = fetch;
    const pushPatched = history.pushState.bind(history);
    await fetchPatched('/orders');
    const atTheTrap = calls();

    // Whoever kept our functions, and all that goes on in a page.
    await fetchPatched('/orders/1');
    pushPatched(null, '', '/next');
    dispatchEvent(new Event('click'));
    dispatchEvent(new Event('popstate'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(getTraceData()).toEqual({});
    expect(getClient()).toBeUndefined();
    await close();
    expect(calls()).toBe(atTheTrap);
  });

  it('is told of once, with debug', async () => {
    await fetch('/orders');
    await fetch('/orders');
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^\[throughline\] the core failed and is off, requests pass through: /,
        ),
      ],
    ]);
  });

  it('lets a later init start anew', async () => {
    await fetch('/orders');
    openClient(browserHost(startBuilt), {
      tracePropagationTargets: [''],
      integrations: [browserTracingIntegration()],
    });
    await fetch('/orders');
    const [, init] = pageFetch.mock.calls[1] as unknown as [string, RequestInit];
    expect(init.headers).toHaveProperty('sentry-trace');
  });
});
