// Spans that are sent one by one.
export const streaming = [
  {
    name: 'streaming: a page load with a request and a span',
    streams: true,
    transactions: 0,
    script: async (sdk, { client, loaded, wait }) => {
      await fetch('/levels');
      await sdk.startSpan({ name: 'outer', op: 'function' }, async () => {
        sdk.startSpan({ name: 'inner' }, () => undefined);
      });
      await loaded();
      await wait(300);
      await client.flush();
    },
  },
  {
    name: 'streaming: a request without a span around it',
    streams: true,
    transactions: 0,
    script: async (sdk, { client, loaded, wait, xhr }) => {
      await loaded();
      await wait(300);
      await fetch('/alone?x=1');
      await xhr('/alone-too', { method: 'POST' });
      await client.flush();
    },
  },
  {
    name: 'streaming: a navigation',
    streams: true,
    transactions: 0,
    script: async (sdk, { client, loaded, wait }) => {
      await loaded();
      await wait(300);
      // The peer gives what it sends later the random number of the route that is open by then.
      await client.flush();
      history.pushState(null, '', '/next');
      await fetch('/of-next');
      await wait(300);
      await client.flush();
    },
  },
  {
    name: 'streaming: kinds of attributes, statuses and links',
    streams: true,
    differs: {
      'spans.md 4: sentry.custom_span_name is internal': {
        'streamed 5 attributes sentry.custom_span_name': [
          undefined,
          { type: 'string', value: 'renamed' },
        ],
      },
    },
    transactions: 0,
    init: () => ({ tracing: { instrumentPageLoad: false, instrumentNavigation: false } }),
    script: async (sdk, { client }) => {
      const attributes = {
        text: 'a "quoted" text',
        empty: '',
        whole: 3,
        fraction: 0.1,
        tiny: 1.5e-9,
        huge: 123456789012345,
        negative: -1,
        yes: true,
        texts: ['a', 'b'],
        mixed: ['a', 1],
        none: [],
        sized: { value: 3, unit: 'byte' },
        object: { a: 1 },
        nothing: undefined,
        nil: null,
        nan: NaN,
      };
      sdk.startSpan({ name: 'root', op: 'task', attributes }, (root) => {
        const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
        const link = { context, attributes: { 'sentry.link.type': 'previous_trace', n: 1 } };
        const linked = sdk.startInactiveSpan({ name: 'linked', links: [link] });
        linked.setStatus({ code: 1 });
        linked.end();
        for (const message of [undefined, 'not_found', 'cancelled', 'own words']) {
          const span = sdk.startInactiveSpan({ name: `failed ${message}` });
          span.setStatus({ code: 2, message });
          span.end();
        }
        sdk.updateSpanName(root, 'renamed');
      });
      await client.flush();
    },
  },
  {
    name: 'streaming: a span that ends after its root',
    streams: true,
    transactions: 0,
    init: () => ({ tracing: { instrumentPageLoad: false, instrumentNavigation: false } }),
    script: async (sdk, { client }) => {
      let late;
      sdk.startSpan({ name: 'root' }, () => {
        late = sdk.startInactiveSpan({ name: 'late' });
      });
      await client.flush();
      late.end();
      await client.flush();
    },
  },
  {
    name: 'streaming: spans to be ignored',
    streams: true,
    transactions: 0,
    init: () => ({
      ignoreSpans: ['skip', /^never/, { op: 'noise' }],
      parentSpanIsAlwaysRootSpan: false,
      tracing: { instrumentPageLoad: false, instrumentNavigation: false },
    }),
    script: async (sdk, { client, note }) => {
      sdk.startSpan({ name: 'root' }, () => {
        sdk.startSpan({ name: 'skip me' }, (span) => {
          note('recording', span.isRecording());
          sdk.startSpan({ name: 'below it' }, () => undefined);
        });
        sdk.startSpan({ name: 'quiet', op: 'noise' }, () => undefined);
      });
      sdk.startSpan({ name: 'skip root' }, () => {
        sdk.startSpan({ name: 'child of skipped' }, () => undefined);
      });
      await client.flush();
    },
  },
  {
    name: 'streaming: hooks, user and contexts',
    streams: true,
    transactions: 0,
    init: () => ({
      beforeSendSpan: globalThis.sdk.withStreamedSpan((span) => {
        if (span.name === 'child') span.name = 'renamed';
        return { ...span, attributes: { ...span.attributes, added: 1 } };
      }),
      tracing: { instrumentPageLoad: false, instrumentNavigation: false },
    }),
    script: async (sdk, { client, note }) => {
      const seen = [];
      client.on('processSpan', (span) => seen.push(`span ${span.name}`));
      client.on('processSegmentSpan', (span) => seen.push(`segment ${span.name}`));
      client.on('afterSegmentSpanEnd', () => seen.push('segment ended'));
      client.on('spanEnd', (span) => seen.push(`end ${sdk.spanToJSON(span).description}`));
      sdk.setUser({ id: '7', email: 'a@b.test', username: 'al' });
      sdk.setTag('t', 'v');
      sdk.setContext('culture', { locale: 'de', timezone: 'UTC' });
      sdk.startSpan({ name: 'root' }, () => {
        sdk.startSpan({ name: 'child' }, () => undefined);
      });
      await client.flush();
      note('seen', seen);
    },
  },
  {
    name: 'streaming: nothing is sampled',
    streams: true,
    transactions: 0,
    init: () => ({
      tracesSampleRate: 0,
      tracing: { instrumentPageLoad: false, instrumentNavigation: false },
    }),
    script: async (sdk, { client, hide }) => {
      sdk.startSpan({ name: 'root' }, () => {
        sdk.startSpan({ name: 'child' }, () => undefined);
      });
      await fetch('/alone');
      hide();
      await client.flush();
    },
  },
  {
    name: 'streaming: traceLifecycle says otherwise',
    streams: true,
    init: () => ({ traceLifecycle: 'static' }),
    script: (sdk) => {
      sdk.startSpan({ name: 'child' }, () => undefined);
    },
  },
];
