// Changes of address: a new trace for a navigation, a child for a redirect, nothing for neither.
import { like } from '../lib/differences.mjs';
import { NO_CONTEXT, ownBaggage, ROUTE_OF_THE_PAGE } from './texts.mjs';

const GOES_TO =
  'lifecycle.md 4 Δ: the request URL is where it goes; the peer reports the one at sending';

export const navigations = [
  {
    name: 'navigation: pushState after a click',
    transactions: 2,
    script: async (_, { click }) => {
      await fetch('/first');
      click();
      history.pushState(null, '', '/next?a=1#b');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: pushState after the page load was sent',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: replaceState',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.replaceState({ a: 1 }, '', '/replaced');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: back and forward',
    transactions: 4,
    script: async (_, { sent, event }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      await sent(2);
      const back = event('popstate');
      history.back();
      await back;
      await sent(3);
      const forward = event('popstate');
      history.forward();
      await forward;
    },
  },
  {
    name: 'navigation: a click on a fragment',
    transactions: 2,
    script: async (_, { sent, event }) => {
      await sent(1);
      const change = event('hashchange');
      location.hash = 'part';
      await change;
      await fetch('/second');
    },
  },
  {
    name: 'navigation: query alone, fragment alone',
    transactions: 3,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '?page=2');
      await sent(2);
      history.pushState(null, '', '#part');
    },
  },
  {
    name: 'navigation: the same address',
    script: async (_, { click }) => {
      click();
      history.replaceState({ scroll: 1 }, '', location.href);
      history.pushState(null, '', location.href);
      history.replaceState(null, '');
      history.pushState({}, '', null);
      history.pushState({}, '', '');
      await fetch('/levels');
    },
  },
  {
    name: 'navigation: the same address twice in a row',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      history.replaceState({ scroll: 1 }, '', '/next');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: to a shorter address',
    differs: {
      'lifecycle.md 4 Δ: the first event is compared as a whole address': {
        'transactions 1': [
          like({ transaction: '/start', trace: like({ op: 'navigation', trace_id: 'trace1' }) }),
          undefined,
        ],
        'requests GET site/second 0 sentry-trace': ['trace1-span1.0-1', 'trace0-unsent0-1'],
        'requests GET site/second 0 baggage': [ownBaggage('trace1', 'random1'), ownBaggage()],
        'losses no_parent_span span': [undefined, 1],
      },
    },
    path: '/start/long',
    transactions: [2, 1],
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/start');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: a relative address',
    differs: {
      'lifecycle.md 4 Δ: relative to the base URL of the document': {
        'transactions 1 spans 0 description': ['/shop/lamps/red', '/red'],
      },
      [GOES_TO]: {
        'transactions 1 request url': ['http://site/shop/lamps/all', 'http://site/shop/lamps/red'],
      },
    },
    path: '/shop/lamps',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/shop/lamps/all');
      history.pushState(null, '', 'red');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: an URL object',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', new URL('/object?x=1', location.href));
    },
  },
  {
    name: 'navigation: to another origin throws',
    differs: {
      [GOES_TO]: { 'transactions 1 request url': ['http://api/elsewhere', 'http://site/'] },
    },
    script: async (_, { sent, caught, note, api }) => {
      await sent(1);
      const thrown = await caught(() => history.pushState(null, '', `${api}/elsewhere`));
      note('thrown', thrown.split(':')[0]);
      await fetch('/after');
    },
    transactions: 2,
  },
  {
    name: 'navigation: with an open span',
    transactions: 2,
    script: async (sdk, { click }) => {
      const open = sdk.startInactiveSpan({ name: 'open' });
      sdk.startInactiveSpan({ name: 'done' }).end();
      click();
      history.pushState(null, '', '/next');
      open.end();
      await fetch('/second');
    },
  },
  {
    name: 'navigation: two in a row with open requests',
    transactions: 3,
    script: async (_, { click }) => {
      const first = fetch('/first');
      click();
      history.pushState(null, '', '/one');
      const second = fetch('/second');
      click();
      history.pushState(null, '', '/two');
      const third = fetch('/third');
      await Promise.all([first, second, third]);
    },
  },
  {
    name: 'navigation: without activity',
    transactions: 3,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/one');
      await sent(2);
      history.pushState(null, '', '/two');
    },
  },
  {
    name: 'navigation: continues no trace of the page',
    differs: {
      [NO_CONTEXT]: { 'requests GET site/first 0 baggage': [undefined, 'undefined'] },
    },
    head: '<meta name="sentry-trace" content="4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0" />',
    transactions: 1,
    script: async (_, { click }) => {
      await fetch('/first');
      click();
      history.pushState(null, '', '/next');
      await fetch('/second');
    },
  },
  {
    name: 'navigation: not instrumented',
    init: () => ({ tracing: { instrumentNavigation: false } }),
    script: async (_, { click }) => {
      click();
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
  {
    name: 'navigation: requests and spans after it ended',
    transactions: 3,
    script: async (sdk, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      await sent(2);
      await fetch('/after');
      await sdk.startSpan({ name: 'late', op: 'task' }, () => fetch('/late'));
    },
  },
  {
    name: 'navigation: headers only',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    script: async () => {
      await fetch('/first');
      history.pushState(null, '', '/next');
      await fetch('/second');
      await fetch('/third');
      history.pushState(null, '', '/next');
      await fetch('/fourth');
    },
  },
  {
    name: 'navigation: with a base address',
    differs: {
      'spans.md 6.1 Δ: resolved against the base URL of the document': {
        'transactions 1 spans 0 description': ['GET /assets/relative', 'GET /relative'],
        'transactions 1 spans 0 data http.url': [
          'http://site/assets/relative',
          'http://site/relative',
        ],
        'transactions 1 spans 0 data url.full': [
          'http://site/assets/relative',
          'http://site/relative',
        ],
      },
    },
    path: '/shop/lamps',
    head: '<base href="/assets/" />',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/shop/red');
      await fetch('relative');
    },
  },
  {
    name: 'navigation: renamed',
    transactions: 2,
    script: async (sdk, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/lamps/7');
      const span = sdk.getActiveSpan();
      await fetch('/before');
      span.updateName('/lamps/:id').setAttribute('sentry.source', 'route');
      await fetch('/after');
    },
  },
  {
    name: 'navigation: ended by the page',
    transactions: 2,
    script: async (sdk, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      await fetch('/levels');
      sdk.getActiveSpan().end();
      await fetch('/after');
    },
  },
  {
    name: 'navigation: address that needs encoding',
    transactions: 2,
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/lämpen röd/%7Ex?ü=ö');
      await fetch('/levels');
    },
  },
  {
    name: 'navigation: a method of history that the page wrapped',
    transactions: 2,
    script: async (_, { sent, note }) => {
      await sent(1);
      const before = history.pushState;
      let calls = 0;
      history.pushState = function (...args) {
        calls += 1;
        return before.apply(this, args);
      };
      history.pushState({ a: 1 }, '', '/next');
      note('calls', calls);
      note('state', history.state);
    },
  },
  {
    name: 'navigation: inside a span',
    differs: ROUTE_OF_THE_PAGE,
    transactions: 2,
    // Longer than a slow request: not everybody counts those here as activity.
    init: () => ({ tracing: { idleTimeout: 1000 } }),
    script: async (sdk, { click }) => {
      click();
      await sdk.startSpan({ name: 'around' }, async () => {
        history.pushState(null, '', '/next');
        await fetch('/inside');
      });
      await fetch('/outside');
    },
  },
];

export const redirects = [
  {
    name: 'redirect: right after the page load',
    script: async () => {
      history.replaceState(null, '', '/landed?x=1');
      await fetch('/levels');
    },
  },
  {
    name: 'redirect: twice',
    script: async () => {
      history.pushState(null, '', '/one');
      history.replaceState(null, '', '/two');
      await fetch('/levels');
    },
  },
  {
    name: 'redirect: after a navigation',
    differs: {
      [GOES_TO]: { 'transactions 1 request url': ['http://site/login', 'http://site/home'] },
    },
    transactions: 2,
    script: async (_, { sent, click }) => {
      await sent(1);
      click();
      history.pushState(null, '', '/login');
      history.replaceState(null, '', '/home');
      await fetch('/levels');
    },
  },
  {
    name: 'redirect: not when a key was pressed',
    transactions: 2,
    script: async () => {
      document.dispatchEvent(new Event('keydown', { bubbles: true }));
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
  {
    name: 'redirect: not detected',
    init: () => ({ tracing: { detectRedirects: false } }),
    transactions: 2,
    script: async () => {
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
  {
    name: 'redirect: of an unsampled page load',
    transactions: 0,
    init: () => ({ tracesSampleRate: 0 }),
    script: async () => {
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
  {
    name: 'redirect: the route that later spans belong to',
    script: async (sdk, { sent }) => {
      history.replaceState(null, '', '/landed');
      await sent(1);
      await sdk.startSpan({ name: 'late' }, () => fetch('/late'));
    },
    transactions: 2,
  },
];
