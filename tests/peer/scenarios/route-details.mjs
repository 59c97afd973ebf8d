// Corners of routes: what ends them, what they are linked to, what is one of them and what is not.

/** The previous trace as an earlier page of the session left it, so many seconds ago. */
const earlier = (secondsAgo, traceFlags) => `
  sessionStorage.setItem(
    'sentry_previous_trace',
    JSON.stringify({
      spanContext: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: ${traceFlags} },
      startTimestamp: Date.now() / 1000 - ${secondsAgo},
      sampleRate: 0.5,
      sampleRand: 0.25,
    }),
  );`;

const withEarlier = (secondsAgo, traceFlags, options) =>
  `() => { ${earlier(secondsAgo, traceFlags)} return ${options}; }`;

const LINKED = `{ tracing: { linkPreviousTrace: 'session-storage' } }`;
const ALIKE = `{
  tracing: { linkPreviousTrace: 'session-storage', consistentTraceSampling: true },
}`;

const UNSAMPLED_BY_THE_SERVER = `
  <meta name="sentry-trace" content="${'c'.repeat(32)}-${'d'.repeat(16)}-0" />
  <meta name="baggage" content="sentry-trace_id=${'c'.repeat(32)},sentry-sampled=false,sentry-sample_rand=0.9,sentry-sample_rate=0.1" />`;

export const routeDetails = [
  {
    name: 'redirect: not of a page load that is old',
    transactions: 2,
    script: async (_, { wait }) => {
      await wait(1600);
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
  {
    name: 'navigation: pushState without an address',
    script: async () => {
      history.pushState({ step: 1 }, '');
      history.replaceState({ step: 2 }, '', null);
      await fetch('/levels');
    },
  },
  {
    name: 'timeout: put off by spans that end elsewhere',
    transactions: 9,
    init: () => ({ tracing: { idleTimeout: 1000 } }),
    script: async (sdk, { loaded, wait }) => {
      await loaded();
      for (let i = 0; i < 8; i++) {
        const elsewhere = sdk.startInactiveSpan({ name: 'elsewhere', parentSpan: null });
        await wait(200);
        elsewhere.end();
      }
      await fetch('/still-below');
    },
  },
  {
    name: 'timeout: spans that are ignored do not count for the end',
    init: () => ({ ignoreSpans: ['drop'] }),
    script: (sdk, { tick }) => {
      sdk.startInactiveSpan({ name: 'keep' }).end();
      tick();
      sdk.startInactiveSpan({ name: 'drop' }).end();
    },
  },
  {
    name: 'timeout: a page load that is not sampled ends alike',
    transactions: 0,
    init: () => ({ tracesSampleRate: 0, tracing: { idleTimeout: 50 } }),
    script: async (sdk, { loaded, wait, note }) => {
      await loaded();
      while (sdk.getActiveSpan()) await wait(20);
      note('active', sdk.getActiveSpan());
      await fetch('/late');
    },
  },
  {
    name: 'page load: the wall clock says something else',
    differs: {
      'lifecycle.md 3: span time counts from the time origin that is believed; the peer believes any':
        {
          'transactions 0 times endsWithItsLastSpan': [true, false],
        },
    },
    head: `<script>
      {
        const { now } = Date;
        Date.now = () => now() + 600_000;
      }
    </script>`,
    script: () => fetch('/levels'),
  },
  {
    name: 'reportPageLoaded: a navigation comes first',
    transactions: 2,
    init: () => ({ tracing: { enableReportPageLoaded: true } }),
    script: async (sdk, { click }) => {
      click();
      history.pushState(null, '', '/next');
      sdk.reportPageLoaded();
      await fetch('/levels');
    },
  },
  {
    name: 'reportPageLoaded: before there is a page load',
    init: () => ({
      tracing: { enableReportPageLoaded: true, instrumentPageLoad: false, finalTimeout: 500 },
    }),
    script: async (sdk, { client }) => {
      sdk.reportPageLoaded();
      sdk.startBrowserTracingPageLoadSpan(client, { name: '/lamps' });
      await fetch('/levels');
    },
  },
  {
    name: 'interactions: one after the other',
    transactions: 3,
    init: () => ({ tracing: { _experiments: { enableInteractions: true } } }),
    script: async (_, { sent, click, tick }) => {
      await sent(1);
      click();
      await fetch('/first');
      tick();
      click();
      await fetch('/second');
    },
  },
  {
    name: 'interactions: a navigation in one has no parent',
    differs: {
      'lifecycle.md 4 Δ: the request URL is that of the start; the peer reports the one at sending':
        { 'transactions 1 request url': ['http://site/', 'http://site/next'] },
    },
    transactions: 3,
    init: () => ({ tracing: { _experiments: { enableInteractions: true } } }),
    script: async (_, { sent, click }) => {
      await sent(1);
      click();
      await fetch('/first');
      history.pushState(null, '', '/next');
      await fetch('/second');
    },
  },
  {
    name: 'interactions: none before the first route',
    init: () => ({
      tracing: { instrumentPageLoad: false, _experiments: { enableInteractions: true } },
    }),
    script: async (sdk, { click }) => {
      click();
      await sdk.startSpan({ name: 'root' }, () => fetch('/levels'));
    },
  },
  {
    name: 'links: to a trace of the page before',
    init: withEarlier(3000, 1, LINKED),
  },
  {
    name: 'links: to one that was not sampled',
    init: withEarlier(3000, 0, LINKED),
  },
  {
    name: 'links: not to one of more than an hour ago',
    init: withEarlier(4000, 1, LINKED),
  },
  {
    name: 'links: what is no previous trace is none',
    init: `() => {
      sessionStorage.setItem('sentry_previous_trace', '{');
      return ${LINKED};
    }`,
  },
  {
    name: 'links: sampled as the trace before',
    init: withEarlier(3000, 1, ALIKE),
    script: () => fetch('/levels'),
  },
  {
    name: 'links: not sampled as the trace before',
    transactions: 0,
    init: withEarlier(3000, 0, ALIKE),
    script: () => fetch('/levels'),
  },
  {
    name: 'links: the decision of the server counts more',
    transactions: 0,
    head: UNSAMPLED_BY_THE_SERVER,
    init: withEarlier(3000, 1, ALIKE),
    script: () => fetch('/levels'),
  },
  {
    name: 'links: a sampler counts more',
    init: withEarlier(
      3000,
      0,
      `{
        tracesSampler: ({ parentSampled, parentSampleRate, inheritOrSampleWith }) => {
          globalThis.told = { parentSampled, parentSampleRate, rate: inheritOrSampleWith(0.1) };
          return 1;
        },
        tracing: { linkPreviousTrace: 'session-storage', consistentTraceSampling: true },
      }`,
    ),
    script: async (_, { note }) => {
      note('told', globalThis.told);
      await fetch('/levels');
    },
  },
];
