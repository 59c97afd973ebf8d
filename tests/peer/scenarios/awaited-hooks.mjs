// User code that looks at, changes or drops what is sent.
import { like } from '../lib/differences.mjs';

const twoSpans = async (sdk) => {
  sdk.startSpan({ name: 'keep this', op: 'task' }, () => {});
  sdk.startSpan({ name: 'drop this', op: 'noise', attributes: { code: 404 } }, () => {
    sdk.startInactiveSpan({ name: 'below' }).end();
  });
  await fetch('/levels');
};

export const awaitedHooks = [
  {
    name: 'awaited: beforeSendTransaction changes',
    needs: ['beforeSendTransaction'],
    init: () => ({
      beforeSendTransaction: (event) => ({
        ...event,
        transaction: 'changed',
        tags: { a: 'b' },
        spans: event.spans.slice(1),
      }),
    }),
    script: twoSpans,
  },
  {
    name: 'awaited: beforeSendTransaction answers later',
    needs: ['beforeSendTransaction'],
    init: () => ({
      beforeSendTransaction: async (event) => ({ ...event, extra: { late: true } }),
    }),
    script: twoSpans,
  },
  {
    name: 'awaited: beforeSendTransaction drops',
    needs: ['beforeSendTransaction'],
    transactions: 0,
    init: () => ({ beforeSendTransaction: () => null }),
    script: async (sdk, { loaded }) => {
      sdk.startSpan({ name: 'child' }, () => {});
      await loaded();
    },
  },
  {
    name: 'awaited: beforeSendTransaction throws',
    needs: ['beforeSendTransaction'],
    differs: {
      'envelope.md 4.2: what hooks throw discards the event, and goes nowhere': {
        'events 0': [undefined, like({ level: 'error' })],
      },
      'design.md 6: every loss is reported': {
        'losses before_send transaction': [1, undefined],
        'losses before_send span': [2, undefined],
      },
    },
    transactions: 0,
    init: () => ({
      beforeSendTransaction: () => {
        throw new Error('of the page');
      },
    }),
    script: async (sdk, { loaded }) => {
      sdk.startSpan({ name: 'child' }, () => {});
      await loaded();
    },
  },
  {
    name: 'awaited: beforeSendTransaction is told',
    needs: ['beforeSendTransaction'],
    init: () => ({
      beforeSendTransaction: (event) => {
        const { type, transaction, contexts, spans, platform } = event;
        const { op, status, data } = contexts.trace;
        globalThis.told = { type, transaction, platform, op, status, data, spans: spans.length };
        delete globalThis.told.data.effectiveConnectionType;
        return event;
      },
    }),
    script: async (sdk, { sent, note }) => {
      await twoSpansOf(sdk);
      await sent(1);
      const { type, transaction, platform, op, status, spans } = globalThis.told;
      note('told', { type, transaction, platform, op, status, spans });

      async function twoSpansOf({ startSpan }) {
        startSpan({ name: 'child' }, () => {});
        await fetch('/levels');
      }
    },
  },
  {
    name: 'awaited: beforeSendSpan',
    needs: ['beforeSendSpan'],
    init: () => ({
      beforeSendSpan: (span) => ({
        ...span,
        description: `${span.description}!`,
        data: { ...span.data, seen: true },
      }),
    }),
    script: twoSpans,
  },
  ...[
    ['a text', () => ({ ignoreSpans: ['drop'] })],
    ['a RegExp', () => ({ ignoreSpans: [/^drop.*s$/] })],
    ['an op', () => ({ ignoreSpans: [{ op: 'noise' }] })],
    ['attributes', () => ({ ignoreSpans: [{ name: /./, attributes: { code: 404 } }] })],
    ['nothing that matches', () => ({ ignoreSpans: [{ op: 'none' }, {}, 'other'] })],
  ].map(([kind, init]) => ({
    name: `awaited: ignoreSpans, ${kind}`,
    needs: ['ignoreSpans'],
    init: `(urls) => ({ parentSpanIsAlwaysRootSpan: false, ...(${init})(urls) })`,
    script: twoSpans,
  })),
  {
    name: 'awaited: ignoreSpans, a root',
    needs: ['ignoreSpans'],
    transactions: 0,
    init: () => ({ ignoreSpans: [{ op: 'pageload' }] }),
    script: async (sdk, { loaded }) => {
      sdk.startSpan({ name: 'child' }, () => {});
      await loaded();
    },
  },
  {
    name: 'awaited: ignoreTransactions',
    needs: ['ignoreTransactions'],
    init: () => ({ ignoreTransactions: ['health', /^quiet/] }),
    script: (sdk) => {
      sdk.startSpan({ name: 'health check', parentSpan: null }, () => {});
      sdk.startSpan({ name: 'quiet', parentSpan: null }, () => {});
    },
  },
  {
    name: 'awaited: event processors',
    needs: ['addEventProcessor'],
    script: (sdk) => {
      sdk.getClient().addEventProcessor((event) => ({ ...event, tags: { processed: 'yes' } }));
    },
  },
  {
    name: 'processors: in their order, and one that drops',
    needs: ['addEventProcessor'],
    init: () => ({
      beforeSendTransaction: (event) => ({ ...event, tags: { ...event.tags, hook: 'last' } }),
    }),
    script: async (sdk, { sent }) => {
      const add = (name) => (event) => ({
        ...event,
        tags: { ...event.tags, order: `${event.tags?.order ?? ''}${name}` },
      });
      sdk.getCurrentScope().addEventProcessor(add('current'));
      sdk.addEventProcessor(add('isolation'));
      sdk.getGlobalScope().addEventProcessor(add('global'));
      sdk.getClient().addEventProcessor(async (event) => add('client')(event));
      sdk.getClient().addEventProcessor((event) => (event.transaction === 'drop' ? null : event));
      await sent(1);
      sdk.startSpan({ name: 'drop', parentSpan: null }, () => {
        sdk.startSpan({ name: 'child' }, () => {});
      });
    },
  },
  {
    name: 'awaited: onRequestSpanStart and onRequestSpanEnd',
    needs: ['onRequestSpanStart', 'onRequestSpanEnd'],
    init: () => ({
      tracing: {
        onRequestSpanStart: (span, { headers }) =>
          span.setAttribute('app', headers?.get?.('x-app') ?? 'none'),
        onRequestSpanEnd: (span, { headers, error }) => {
          span.setAttribute('type', headers?.get?.('content-type') ?? 'none');
          span.setAttribute('failed', Boolean(error));
        },
      },
    }),
    script: async (_, { xhr, caught }) => {
      await fetch('/fetch', { headers: { 'x-app': '1' } });
      await xhr('/xhr', { headers: { 'x-app': '2' } });
      await caught(() => fetch('/drop'));
    },
  },
  {
    name: 'awaited: hooks of the client',
    needs: ['spanStart', 'spanEnd'],
    script: async (sdk, { client, note, sent }) => {
      const calls = [];
      const nameOf = (span) => sdk.spanToJSON(span).description;
      const off = client.on('spanStart', (span) => calls.push(`start ${nameOf(span)}`));
      client.on('spanEnd', (span) => calls.push(`end ${nameOf(span)}`));
      sdk.startSpan({ name: 'first' }, () => {});
      off();
      sdk.startSpan({ name: 'second' }, () => {});
      await fetch('/levels');
      await sent(1);
      note('calls', calls);
    },
  },
];
