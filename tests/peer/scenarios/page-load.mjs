// A page that only loads: what the transaction of a page load is made of.
import { ownBaggage } from './texts.mjs';

const keyless = ownBaggage().replace('sentry-public_key=public,', '');

export const pageLoads = [
  { name: 'page load: plain' },
  {
    name: 'page load: address with query and fragment',
    path: '/shop/lamps?currency=nok&page=2#top',
  },
  {
    name: 'page load: a path that needs encoding',
    path: '/l%C3%A4mp%20r%C3%B6d/~x;a=b',
  },
  {
    name: 'page load: with a referrer',
    path: '/shop',
    referer: 'https://search.example.com/?q=lamps',
  },
  {
    name: 'page load: empty release and environment',
    init: () => ({ release: '', environment: '' }),
    script: () => fetch('/levels'),
  },
  {
    name: 'page load: ended by the page at another time',
    script: (sdk, { tick }) => {
      sdk.startInactiveSpan({ name: 'done' }).end();
      tick();
      sdk.startInactiveSpan({ name: 'open' });
      sdk.getActiveSpan().end(Date.now() + 500);
    },
  },
  {
    name: 'page load: ended by the page before it began',
    differs: {
      'lifecycle.md 6 Δ: never before the start, also without children': {
        'transactions 0 times end': [undefined, 1_600_000_000],
        'transactions 0 times negative': [undefined, true],
      },
    },
    script: (sdk) => sdk.getActiveSpan().end(1_600_000_000),
  },
  {
    name: 'page load: release, environment and dist',
    init: () => ({ release: 'shop@1.2.3+4', environment: 'staging', dist: '77' }),
  },
  {
    name: 'page load: neither release nor environment',
    init: () => ({ release: undefined, environment: undefined }),
    script: () => fetch('/levels'),
  },
  {
    name: 'page load: release that needs encoding',
    init: () => ({ release: 'lagoon shop, 1%=ü', environment: 'pré/prod;a' }),
    script: () => fetch('/levels'),
  },
  {
    name: 'page load: through a tunnel',
    init: ({ receiver }) => ({ tunnel: `${receiver}/tunnel?x=1` }),
  },
  {
    name: 'page load: personal data allowed',
    init: () => ({ sendDefaultPii: true }),
  },
  {
    name: 'page load: organisation in the options',
    init: () => ({ orgId: '42' }),
    script: () => fetch('/levels'),
  },
  {
    name: 'page load: not instrumented',
    transactions: 0,
    init: () => ({ tracing: { instrumentPageLoad: false } }),
    script: async (_, { loaded }) => {
      await loaded();
      await fetch('/levels');
    },
  },
  {
    name: 'page load: started by hand',
    init: () => ({ tracing: { instrumentPageLoad: false } }),
    script: async (sdk, { client, note }) => {
      const span = sdk.startBrowserTracingPageLoadSpan(client, {
        name: '/lamps/:id',
        attributes: { 'sentry.source': 'route', shelf: 3 },
      });
      note('is active', sdk.getActiveSpan() === span);
      note('is recording', span.isRecording());
      await fetch('/levels');
    },
  },
  {
    name: 'page load: started by hand, with op, origin and start of its own',
    init: () => ({ tracing: { instrumentPageLoad: false } }),
    script: (sdk, { client }) => {
      sdk.startBrowserTracingPageLoadSpan(client, {
        name: '/lamps',
        op: 'own.op',
        startTime: 1_600_000_000,
        attributes: { 'sentry.origin': 'auto.pageload.router' },
      });
    },
  },
  {
    name: 'page load: started by hand with a trace',
    head: '<meta name="sentry-trace" content="4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0" />',
    init: () => ({ tracing: { instrumentPageLoad: false } }),
    script: async (sdk, { client }) => {
      sdk.startBrowserTracingPageLoadSpan(
        client,
        { name: '/lamps' },
        {
          sentryTrace: '12345678901234567890123456789012-1121201211212012-1',
          baggage: 'sentry-release=up,sentry-sample_rand=0.5,other=1',
        },
      );
      await fetch('/levels');
    },
  },
  {
    name: 'page load: started by hand while one is open',
    transactions: 2,
    script: async (sdk, { client }) => {
      await fetch('/first');
      sdk.startBrowserTracingPageLoadSpan(client, { name: '/second' });
      await fetch('/second');
    },
  },
  {
    name: 'page load: renamed while it is open',
    script: async (sdk) => {
      await fetch('/before');
      sdk.getActiveSpan().updateName('/lamps/:id').setAttribute('sentry.source', 'route');
      await fetch('/after');
    },
  },
  {
    name: 'page load: status and attributes of its own',
    script: (sdk) => {
      const span = sdk.getActiveSpan();
      span.setStatus({ code: 2, message: 'not_found' });
      span.setAttributes({ shelf: 3, lamp: 'red', on: true, levels: [1, 2], gone: 'x' });
      span.setAttribute('gone', undefined);
    },
  },
  {
    name: 'page load: ended by the page',
    script: async (sdk) => {
      await fetch('/levels');
      sdk.getActiveSpan().end();
    },
  },
  {
    name: 'page load: a crawler',
    transactions: 0,
    init: () => {
      const value = 'Mozilla/5.0 (compatible; Googlebot/2.1)';
      Object.defineProperty(navigator, 'userAgent', { value });
      return {};
    },
    script: () => fetch('/levels'),
  },
  {
    name: 'page load: not enabled',
    transactions: 0,
    init: () => ({ enabled: false }),
    script: async (sdk, { note }) => {
      note('trace data', sdk.getTraceData());
      await fetch('/levels');
    },
  },
  {
    name: 'page load: without a DSN',
    differs: {
      'envelope.md 1 Δ: without a DSN headers still work': {
        'requests GET site/levels 0 sentry-trace': ['trace0-unsent0-1', undefined],
        'requests GET site/levels 0 baggage': [keyless, undefined],
        'notes trace data sentry-trace': ['trace0-unsent1-1', undefined],
        'notes trace data baggage': [keyless, undefined],
      },
    },
    transactions: 0,
    init: () => ({ dsn: undefined }),
    script: async (sdk, { note }) => {
      note('trace data', sdk.getTraceData());
      await fetch('/levels');
    },
  },
];
