// What ends a route span, and what becomes of what is open then.
/**
 * A navigation instead of the page load: final times count from the start, and a page load starts
 * at the time origin, which is long ago on a slow machine.
 */
const inNavigation = (tracing) =>
  `() => ({ tracing: { ...${JSON.stringify(tracing)}, instrumentPageLoad: false } })`;

export const timeouts = [
  {
    name: 'timeout: idle, without anything',
    init: () => ({ tracing: { idleTimeout: 30 } }),
  },
  {
    name: 'timeout: final, with an open span',
    init: inNavigation({ finalTimeout: 250 }),
    script: (sdk, { tick }) => {
      history.pushState(null, '', '/next');
      sdk.startInactiveSpan({ name: 'done' }).end();
      tick();
      sdk.startInactiveSpan({ name: 'open' });
    },
  },
  {
    name: 'timeout: final, with a status of its own',
    init: inNavigation({ finalTimeout: 250 }),
    script: (sdk) => {
      history.pushState(null, '', '/next');
      sdk.getActiveSpan().setStatus({ code: 1 });
      sdk.startInactiveSpan({ name: 'open' });
    },
  },
  {
    name: 'timeout: final, of a page load that never finishes loading',
    init: () => ({ tracing: { finalTimeout: 1500 } }),
    script: async (sdk, { turn }) => {
      while (sdk.getActiveSpan()) await turn();
    },
  },
  {
    name: 'timeout: child, with an open span',
    init: () => ({ tracing: { childSpanTimeout: 150 } }),
    script: (sdk, { tick }) => {
      sdk.startInactiveSpan({ name: 'done' }).end();
      tick();
      sdk.startInactiveSpan({ name: 'open' }).setStatus({ code: 1 });
      sdk.startInactiveSpan({ name: 'open too' });
    },
  },
  {
    name: 'timeout: child, the open one started first',
    init: () => ({ tracing: { childSpanTimeout: 150 } }),
    script: (sdk, { tick }) => {
      sdk.startInactiveSpan({ name: 'open' });
      tick();
      sdk.startInactiveSpan({ name: 'done' }).end();
    },
  },
  {
    name: 'timeout: child, in a navigation',
    init: () => ({ tracing: { childSpanTimeout: 150 } }),
    transactions: 2,
    script: async (_, { sent, hold }) => {
      await sent(1);
      history.pushState(null, '', '/next');
      hold();
    },
  },
  {
    name: 'timeout: children that start late or last long',
    init: inNavigation({ idleTimeout: 50, finalTimeout: 400 }),
    script: (sdk) => {
      history.pushState(null, '', '/next');
      const now = Date.now();
      sdk.startInactiveSpan({ name: 'starts late', startTime: now + 60_000 }).end(now + 60_010);
      sdk.startInactiveSpan({ name: 'lasts long', startTime: now - 60_000 }).end(now);
      sdk.startInactiveSpan({ name: 'fits' }).end();
    },
  },
  {
    name: 'timeout: held open by requests',
    init: () => ({ tracing: { idleTimeout: 50 } }),
    script: async (sdk) => {
      await sdk.startSpan({ name: 'work' }, async () => {
        await fetch('/1');
        await fetch('/2');
      });
    },
  },
];

export const hiddenPages = [
  {
    name: 'hidden: with an open request',
    script: async (sdk, { hide, sent, note, tick, hold }) => {
      await fetch('/done');
      tick();
      hold();
      tick();
      hide();
      await sent(1);
      note('active', sdk.getActiveSpan());
    },
  },
  {
    name: 'hidden: a status is kept',
    script: (sdk, { hide }) => {
      sdk.getActiveSpan().setStatus({ code: 2, message: 'aborted' });
      hide();
    },
  },
  {
    name: 'hidden: not marked',
    init: () => ({ tracing: { markBackgroundSpan: false } }),
    script: async (_, { hide }) => {
      hide();
      await fetch('/levels');
    },
  },
  {
    name: 'hidden: inside a span of the page',
    differs: {
      'envelope.md 6 Δ: what comes too late for its root is counted': {
        'losses invalid span': [1, undefined],
      },
    },
    transactions: 2,
    script: async (sdk, { hide, show }) => {
      await sdk.startSpan({ name: 'work', parentSpan: null }, async () => {
        hide();
        show();
        await fetch('/after');
      });
    },
  },
  {
    name: 'hidden: and back, then a navigation',
    transactions: 2,
    script: async (_, { hide, show, sent }) => {
      hide();
      await sent(1);
      show();
      await fetch('/between');
      history.pushState(null, '', '/next');
      await fetch('/levels');
    },
  },
  {
    name: 'hidden: nothing is active',
    script: async (_, { hide, show, sent }) => {
      await sent(1);
      hide();
      show();
      await fetch('/after');
    },
  },
];
