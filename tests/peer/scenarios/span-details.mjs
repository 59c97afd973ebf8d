// Corners of spans: odd values, parents of all kinds, lives that cross the end of a route, hooks.
import { ownBaggage } from './texts.mjs';

const REPLAY = 'sentry-replay_id=r1';
const SAMPLED = 'sentry-sampled';
const hookedBaggage = (more = '') => ownBaggage().replace(SAMPLED, `${REPLAY},${more}${SAMPLED}`);

export const spanDetails = [
  {
    name: 'span values: numbers',
    script: (sdk) => {
      const numbers = [0, -0, 1e21, 1e-7, 0.1 + 0.2, 2 ** 53, -1.5, 1 / 3, 5e-324, 1e308];
      const attributes = Object.fromEntries(numbers.map((value, at) => [`n${at}`, value]));
      sdk.startInactiveSpan({ name: 'numbers', attributes }).end();
    },
  },
  {
    name: 'span values: texts',
    script: (sdk) => {
      const span = sdk.startInactiveSpan({ name: 'line\nbreak "quoted" \\ \u0000 \u2028 😀' });
      span.setAttributes({ '': 'empty key', 'schlüssel €': 'x', constructor: 'y', toString: 'z' });
      span.setAttribute('long', 'ü'.repeat(5000));
      span.end();
    },
  },
  {
    name: 'span values: lone surrogates',
    differs: {
      'wasm.md 6: lone surrogates become U+FFFD on their way into the core': {
        'transactions 0 spans 0 description': ['a\ufffdb', 'a\ud800b'],
        'transactions 0 spans 0 data key': ['\ufffd', '\udc00'],
      },
    },
    script: (sdk) => {
      sdk.startInactiveSpan({ name: 'a\ud800b', attributes: { key: '\udc00' } }).end();
    },
  },
  {
    name: 'span values: many attributes',
    script: (sdk) => {
      const attributes = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`a${at}`, at]));
      sdk.startInactiveSpan({ name: 'many', attributes }).end();
    },
  },
  {
    name: 'span values: op and origin set later',
    script: (sdk) => {
      const span = sdk.startInactiveSpan({ name: 'span', op: 'first' });
      span.setAttributes({ 'sentry.op': 'second', 'sentry.origin': 'auto.test' });
      span.end();
      sdk
        .startInactiveSpan({ name: 'without', op: 'x' })
        .setAttribute('sentry.op', undefined)
        .end();
    },
  },
  {
    name: 'span values: attributes set over and over',
    script: (sdk) => {
      const span = sdk.startInactiveSpan({ name: 'span', attributes: { a: 1, b: 'x' } });
      span.setAttributes({ a: 'text', b: undefined, c: [1] }).setAttribute('b', true);
      span.setAttribute('c', [2, 3]);
      span.end();
    },
  },
  {
    name: 'span parents: an ended one',
    script: (sdk) => {
      const parent = sdk.startInactiveSpan({ name: 'parent' });
      parent.end();
      sdk.startInactiveSpan({ name: 'child', parentSpan: parent }).end();
    },
  },
  {
    name: 'span parents: a placeholder that is given',
    script: (sdk, { note }) => {
      const placeholder = sdk.suppressTracing(() => sdk.startInactiveSpan({ name: 'x' }));
      const child = sdk.startInactiveSpan({ name: 'child', parentSpan: placeholder });
      note('records', child.isRecording());
      child.end();
    },
  },
  {
    name: 'span parents: a placeholder that is active',
    script: async (sdk, { note }) => {
      const placeholder = sdk.suppressTracing(() => sdk.startInactiveSpan({ name: 'x' }));
      await sdk.withActiveSpan(placeholder, async () => {
        sdk.startSpan({ name: 'below' }, (span) => note('records', span.isRecording()));
        await fetch('/below');
      });
    },
  },
  {
    name: 'span parents: a placeholder that is active, in a tree',
    init: () => ({ parentSpanIsAlwaysRootSpan: false }),
    script: async (sdk, { note }) => {
      const placeholder = sdk.suppressTracing(() => sdk.startInactiveSpan({ name: 'x' }));
      await sdk.withActiveSpan(placeholder, async () => {
        sdk.startSpan({ name: 'below' }, (span) => note('records', span.isRecording()));
        await fetch('/below');
      });
    },
  },
  {
    name: 'span parents: an unsampled root',
    transactions: 1,
    init: () => ({ tracesSampler: ({ name }) => (name === 'quiet' ? 0 : 1) }),
    script: async (sdk, { note }) => {
      await sdk.startSpan({ name: 'quiet', parentSpan: null }, async (root) => {
        note('root records', root.isRecording());
        const child = sdk.startInactiveSpan({ name: 'child' });
        note('child records', child.isRecording());
        note('same trace', child.spanContext().traceId === root.spanContext().traceId);
        await fetch('/below');
      });
    },
  },
  {
    name: 'span parents: a root within a root',
    transactions: 3,
    script: async (sdk) => {
      await sdk.startSpan({ name: 'outer', parentSpan: null }, async () => {
        await sdk.startSpan({ name: 'inner', parentSpan: null }, () => fetch('/in-inner'));
        await fetch('/in-outer');
      });
    },
  },
  {
    name: 'span lives: longer than the page load',
    differs: {
      'envelope.md 6 Δ: what comes too late for its root is counted': {
        'losses invalid span': [1, undefined],
      },
    },
    transactions: 1,
    init: () => ({ tracing: { childSpanTimeout: 150 } }),
    script: async (sdk, { sent, note }) => {
      await sdk.startSpan({ name: 'long' }, async (span) => {
        await sent(1);
        note('records', span.isRecording());
        note('active', sdk.getActiveSpan() === span);
        sdk.startInactiveSpan({ name: 'late child' }).end();
      });
    },
  },
  {
    name: 'span lives: a request of a span that outlived the page load',
    differs: {
      'envelope.md 6 Δ: what comes too late for its root is counted': {
        'losses invalid span': [1, undefined],
      },
    },
    transactions: 1,
    init: () => ({ tracing: { childSpanTimeout: 150 } }),
    script: async (sdk, { sent }) => {
      await sdk.startSpan({ name: 'long' }, async () => {
        await sent(1);
        await fetch('/late');
      });
    },
  },
  {
    name: 'span lives: an inactive one across a navigation',
    differs: {
      'envelope.md 6 Δ: what comes too late for its root is counted': {
        'losses invalid span': [1, undefined],
      },
    },
    transactions: 2,
    script: async (sdk, { click }) => {
      const span = sdk.startInactiveSpan({ name: 'across' });
      click();
      history.pushState(null, '', '/next');
      sdk.startInactiveSpan({ name: 'below', parentSpan: span }).end();
      span.end();
      await fetch('/levels');
    },
  },
  {
    name: 'span lives: a root across a navigation',
    transactions: 3,
    script: async (sdk, { click, sent }) => {
      const root = sdk.startInactiveSpan({ name: 'root', parentSpan: null });
      click();
      history.pushState(null, '', '/next');
      sdk.startInactiveSpan({ name: 'child', parentSpan: root }).end();
      await fetch('/levels');
      await sent(2);
      root.end();
    },
  },
  {
    name: 'span hooks: beforeSampling',
    transactions: 2,
    script: async (sdk, { client, note }) => {
      const told = [];
      client.on('beforeSampling', (data, { decision }) => {
        told.push({ ...data, decision });
        data.spanAttributes.hooked = true;
      });
      await sdk.startSpan(
        { name: 'root', op: 'task', parentSpan: null, attributes: { a: 1 } },
        () => fetch('/levels'),
      );
      note('told', told);
    },
  },
  {
    name: 'span hooks: beforeSampling decides',
    transactions: 1,
    script: async (sdk, { client }) => {
      client.on('beforeSampling', (data) => {
        data.parentSampled = false;
      });
      await sdk.startSpan({ name: 'root', parentSpan: null }, () => fetch('/levels'));
    },
  },
  {
    name: 'span hooks: createDsc',
    differs: {
      'propagation.md 3.3: what hooks add comes last; the peer asks before and after its own': {
        'notes trace data': [`${ownBaggage()},${REPLAY}`, hookedBaggage()],
        'requests GET site/levels 0 baggage': [`${ownBaggage()},${REPLAY}`, hookedBaggage()],
        'requests GET site/below 0 baggage': [
          `${ownBaggage().replace(SAMPLED, `sentry-transaction=root,${SAMPLED}`)},${REPLAY}`,
          hookedBaggage('sentry-transaction=root,'),
        ],
      },
    },
    transactions: 2,
    script: async (sdk, { client, note }) => {
      client.on('createDsc', (dsc) => {
        dsc.replay_id = 'r1';
      });
      await fetch('/levels');
      await sdk.startSpan({ name: 'root', parentSpan: null }, () => fetch('/below'));
      note('trace data', sdk.getTraceData().baggage);
    },
  },
];
