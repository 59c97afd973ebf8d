// Options and functions about routes.
export const awaitedRoutes = [
  {
    name: 'awaited: beforeStartSpan',
    needs: ['beforeStartSpan'],
    transactions: 2,
    init: () => ({
      tracing: {
        beforeStartSpan: (options) => ({
          ...options,
          name: options.op === 'navigation' ? '/lamps/:id' : options.name,
          attributes: { ...options.attributes, shelf: 3 },
        }),
      },
    }),
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/lamps/7');
      await fetch('/levels');
    },
  },
  {
    name: 'awaited: a navigation started by hand',
    needs: ['startBrowserTracingNavigationSpan'],
    transactions: 2,
    init: () => ({ tracing: { instrumentNavigation: false } }),
    script: async (sdk, { client, note }) => {
      await fetch('/first');
      const span = sdk.startBrowserTracingNavigationSpan(client, {
        name: '/lamps/:id',
        attributes: { 'sentry.source': 'route', 'sentry.origin': 'auto.navigation.router' },
      });
      note('active', sdk.getActiveSpan() === span);
      await fetch('/second');
    },
  },
  {
    name: 'awaited: a redirect told by hand',
    needs: ['startBrowserTracingNavigationSpan', 'isRedirect'],
    init: () => ({ tracing: { instrumentNavigation: false } }),
    script: async (sdk, { client }) => {
      sdk.startBrowserTracingNavigationSpan(
        client,
        { name: '/landed', attributes: { 'sentry.source': 'route' } },
        { isRedirect: true },
      );
      await fetch('/levels');
    },
  },
  {
    name: 'awaited: reportPageLoaded',
    needs: ['reportPageLoaded', 'enableReportPageLoaded'],
    init: () => ({ tracing: { enableReportPageLoaded: true, idleTimeout: 30 } }),
    script: async (sdk, { loaded, tick, wait }) => {
      await loaded();
      await wait(100);
      await fetch('/late');
      tick();
      sdk.reportPageLoaded();
    },
  },
  {
    name: 'awaited: reportPageLoaded without the option',
    needs: ['reportPageLoaded'],
    script: (sdk) => sdk.reportPageLoaded(),
  },
  {
    name: 'awaited: interactions',
    needs: ['enableInteractions'],
    transactions: 2,
    init: () => ({ tracing: { _experiments: { enableInteractions: true } } }),
    script: async (_, { sent, click }) => {
      click();
      await sent(1);
      click();
      await fetch('/after-click');
    },
  },
  {
    name: 'awaited: traces are linked',
    needs: ['linkPreviousTrace'],
    transactions: 3,
    init: () => ({ tracing: { linkPreviousTrace: 'in-memory' } }),
    script: async (sdk, { sent }) => {
      await sent(1);
      sdk.startSpan({ name: 'same trace' }, () => {});
      history.pushState(null, '', '/next');
    },
  },
  {
    name: 'awaited: traces are linked by default',
    needs: ['linkPreviousTrace'],
    transactions: 2,
    init: () => ({ tracing: { linkPreviousTrace: undefined } }),
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/next');
    },
  },
  {
    name: 'awaited: traces are linked through the storage',
    needs: ['linkPreviousTrace'],
    init: () => ({ tracing: { linkPreviousTrace: 'session-storage' } }),
    script: async (_, { sent, note }) => {
      await sent(1);
      const { startTimestamp, ...kept } = JSON.parse(
        sessionStorage.getItem('sentry_previous_trace'),
      );
      note('has a start', startTimestamp > 0);
      note('kept', { ...kept, sampleRand: typeof kept.sampleRand });
    },
  },
  {
    name: 'awaited: traces are sampled alike',
    needs: ['consistentTraceSampling'],
    transactions: 2,
    init: () => ({
      tracesSampleRate: 1,
      tracing: { linkPreviousTrace: 'in-memory', consistentTraceSampling: true },
    }),
    script: async (_, { sent }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
];
