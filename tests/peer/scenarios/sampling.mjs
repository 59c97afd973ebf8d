// Who decides whether a trace is recorded.
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7';
const trace = (flag) => `<meta name="sentry-trace" content="${TRACE}${flag}" />`;
const RATES = '<meta name="baggage" content="sentry-sample_rate=0.4,sentry-sample_rand=0.3" />';

const unrecorded = async (sdk, { note, xhr }) => {
  await fetch('/first');
  await xhr('/second');
  await sdk.startSpan({ name: 'work' }, (span) => {
    note('is recording', span.isRecording());
    return fetch('/third');
  });
  sdk.withActiveSpan(null, () => sdk.startInactiveSpan({ name: 'root' }).end());
};

export const sampling = [
  {
    name: 'sampling: rate 0',
    transactions: 0,
    init: () => ({ tracesSampleRate: 0 }),
    script: unrecorded,
  },
  {
    name: 'sampling: no rate',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    script: async (sdk, { note, xhr }) => {
      note('active', sdk.getActiveSpan());
      await fetch('/first');
      await xhr('/second');
      await sdk.startSpan({ name: 'work' }, (span) => {
        note('is recording', span.isRecording());
        return fetch('/third');
      });
    },
  },
  {
    name: 'sampling: rate null',
    transactions: 0,
    init: () => ({ tracesSampleRate: null }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a rate that is none',
    transactions: 0,
    init: () => ({ tracesSampleRate: 'high' }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: rate as a text',
    init: () => ({ tracesSampleRate: '1.0' }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: rate as a boolean',
    init: () => ({ tracesSampleRate: true }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a rate above 1',
    transactions: 0,
    init: () => ({ tracesSampleRate: 2 }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: what a sampler is told',
    transactions: 2,
    init: () => ({
      tracesSampler: (context) => {
        (globalThis.asked ??= []).push({ ...context });
        return 1;
      },
    }),
    script: async (sdk, { note }) => {
      const attributes = { 'sentry.source': 'task', shelf: 3 };
      await sdk.startSpan({ name: 'root', op: 'task', parentSpan: null, attributes }, () =>
        fetch('/levels'),
      );
      note('asked', globalThis.asked);
    },
  },
  {
    name: 'sampling: what a sampler is told of a continued trace',
    head: trace('-1') + RATES,
    init: () => ({
      tracesSampler: (context) => {
        const { name, parentSampled, parentSampleRate } = context;
        globalThis.asked = { name, parentSampled, parentSampleRate };
        globalThis.asked.inherited = context.inheritOrSampleWith(0.1);
        return 1;
      },
    }),
    script: async (_, { note }) => {
      await fetch('/levels');
      note('asked', globalThis.asked);
    },
  },
  {
    name: 'sampling: a sampler against the trace',
    transactions: 0,
    head: trace('-1') + RATES,
    init: () => ({ tracesSampler: () => 0 }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a sampler for an unsampled trace',
    head: trace('-0') + RATES,
    init: () => ({ tracesSampler: () => true }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a sampler that inherits',
    head: trace('-1') + RATES,
    init: () => ({ tracesSampler: ({ inheritOrSampleWith }) => inheritOrSampleWith(0) }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a sampler that inherits nothing',
    transactions: 0,
    init: () => ({ tracesSampler: ({ inheritOrSampleWith }) => inheritOrSampleWith(0) }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a sampler that answers nonsense',
    transactions: 0,
    init: () => ({ tracesSampler: () => 'yes' }),
    script: () => fetch('/levels'),
  },
  {
    name: 'sampling: a sampler per route',
    transactions: 2,
    init: () => ({ tracesSampler: ({ name }) => (name === '/quiet' ? 0 : 1) }),
    script: async (_, { sent, click }) => {
      await sent(1);
      history.pushState(null, '', '/quiet');
      await fetch('/unsampled');
      click();
      history.pushState(null, '', '/loud');
      await fetch('/sampled');
    },
  },
  {
    name: 'sampling: the rate of a continued trace counts',
    head: trace('-1') + RATES,
    init: () => ({ tracesSampleRate: 0 }),
    script: () => fetch('/levels'),
  },
];
