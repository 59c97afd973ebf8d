/** @jest-environment ./tests/shim/page-environment.js */
import type { Client } from '../../../js/api/client.js';
import {
  browserTracingIntegration,
  close,
  getActiveSpan,
  getRootSpan,
  spanToJSON,
  startBrowserTracingNavigationSpan,
  startBrowserTracingPageLoadSpan,
  startSpan,
  type BrowserTracingOptions,
} from '../../../js/index.js';
import { tracePage } from '../support/page.js';

const HOOKS = [
  'startPageLoadSpan',
  'afterStartPageLoadSpan',
  'beforeStartNavigationSpan',
  'startNavigationSpan',
  'spanStart',
] as const;

let heard: unknown[][];
let client: Client;

function start(options: BrowserTracingOptions = {}): void {
  const integrations = [browserTracingIntegration({ enableHTTPTimings: false, ...options })];
  client = tracePage({ tracesSampleRate: 1, integrations })!;
  heard = [];
  for (const hook of HOOKS) {
    client.on(hook, (...given: unknown[]) => {
      heard.push([hook, ...given]);
    });
  }
}

const click = (): boolean => document.dispatchEvent(new Event('click', { bubbles: true }));
const rootOf = (): ReturnType<typeof spanToJSON> => spanToJSON(getRootSpan(getActiveSpan()!));

beforeEach(() => {
  globalThis.fetch = jest.fn(() => Promise.resolve(new Response()));
});
afterEach(async () => {
  history.replaceState(null, '', '/');
  await close();
});

describe('hooks about routes', () => {
  it('are told of a navigation before its span starts', () => {
    start();
    click();
    history.pushState(null, '', '/next');
    expect(heard.map(([hook]) => hook)).toEqual([
      'beforeStartNavigationSpan',
      'startNavigationSpan',
      'spanStart',
    ]);
    expect(heard[1]!.slice(1)).toMatchObject([
      { name: '/next', op: 'navigation', attributes: { 'sentry.source': 'url' } },
      { isRedirect: false },
    ]);
  });

  it('are told that a change of URL is a redirect', () => {
    start();
    startBrowserTracingNavigationSpan(client, { name: 'landed' }, { isRedirect: true });
    expect(heard[1]).toMatchObject([
      'startNavigationSpan',
      { name: 'landed' },
      { isRedirect: true },
    ]);
  });

  it('are not told of a change to where the page is', () => {
    start();
    click();
    history.pushState(null, '', '/here');
    heard = [];
    history.pushState(null, '', '/here');
    expect(heard).toEqual([]);
  });

  it('are told of a page load that is started by hand, with its trace', () => {
    start({ instrumentPageLoad: false });
    const sentryTrace = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1';
    const span = startBrowserTracingPageLoadSpan(client, { name: '/by/:hand' }, { sentryTrace });
    expect(heard.map(([hook]) => hook)).toEqual([
      'startPageLoadSpan',
      'spanStart',
      'afterStartPageLoadSpan',
    ]);
    expect(heard[0]).toMatchObject(['startPageLoadSpan', { name: '/by/:hand' }, { sentryTrace }]);
    expect(heard[2]![1]).toBe(span);
  });
});

describe('beforeStartSpan', () => {
  it('is not asked about a change of URL that starts nothing', () => {
    const beforeStartSpan = jest.fn((options: { name: string }) => options);
    start({ beforeStartSpan });
    click();
    history.pushState(null, '', '/here');
    expect(beforeStartSpan).toHaveBeenCalledTimes(2);
    history.pushState(null, '', '/here');
    expect(beforeStartSpan).toHaveBeenCalledTimes(2);
  });
});

describe('an error that nobody caught', () => {
  it.each(['error', 'unhandledrejection'])('sets the status of the active root: %s', (type) => {
    start();
    window.dispatchEvent(new Event(type));
    expect(rootOf().status).toBe('internal_error');
  });

  it('sets that of the root, not of the span that is active', () => {
    start();
    startSpan({ name: 'work', parentSpan: null }, (root) => {
      startSpan({ name: 'step' }, (step) => {
        window.dispatchEvent(new Event('error'));
        expect(spanToJSON(step).status).toBeUndefined();
      });
      expect(spanToJSON(root).status).toBe('internal_error');
    });
  });

  it('is none where an element could not load what it shows', () => {
    start();
    document.body.append(document.createElement('img'));
    document.querySelector('img')!.dispatchEvent(new Event('error'));
    expect(rootOf().status).toBeUndefined();
  });

  it('is of no interest after close', async () => {
    start();
    await close();
    expect(() => window.dispatchEvent(new Event('error'))).not.toThrow();
  });
});

describe('a click, with enableInteractions', () => {
  const options = { _experiments: { enableInteractions: true } };

  it('begins a root with the name of the latest route', () => {
    start(options);
    click();
    history.pushState(null, '', '/shop?x=1');
    getActiveSpan()!.end();
    click();
    expect(rootOf()).toMatchObject({
      description: '/shop',
      op: 'ui.action.click',
      data: { 'sentry.source': 'url' },
    });
  });

  it('takes a name that was given by hand, and its source', () => {
    start(options);
    const given = { name: '/shop/:id', attributes: { 'sentry.source': 'route' } };
    startBrowserTracingNavigationSpan(client, given)!.end();
    click();
    expect(rootOf()).toMatchObject({
      description: '/shop/:id',
      data: { 'sentry.source': 'route' },
    });
  });

  it('interrupts the one before', () => {
    start(options);
    getActiveSpan()!.end();
    click();
    const first = getActiveSpan()!;
    const ended: unknown[] = [];
    client.on('spanEnd', (span) => {
      ended.push(spanToJSON(span).data['sentry.idle_span_finish_reason']);
    });
    click();
    expect(ended).toEqual(['interactionInterrupted']);
    expect(getActiveSpan()).not.toBe(first);
  });

  it('begins nothing while a route is open', () => {
    start(options);
    const route = getActiveSpan();
    click();
    expect(getActiveSpan()).toBe(route);
  });

  it('begins nothing without the option', () => {
    start();
    getActiveSpan()!.end();
    click();
    expect(getActiveSpan()).toBeUndefined();
  });
});
