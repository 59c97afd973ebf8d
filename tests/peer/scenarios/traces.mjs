// Traces that the page continues, starts or suppresses, and what getTraceData says in each state.
import { like } from '../lib/differences.mjs';
import { NO_CONTEXT, ROUTE_OF_THE_PAGE } from './texts.mjs';

export const traces = [
  {
    name: 'trace data: during a page load and after it',
    script: async (sdk, { note, sent }) => {
      note('during', sdk.getTraceData());
      const span = sdk.startInactiveSpan({ name: 'given' });
      note('of a span', sdk.getTraceData({ span }));
      sdk.startSpan({ name: 'inside' }, () => note('inside', sdk.getTraceData()));
      note('with traceparent', sdk.getTraceData({ propagateTraceparent: true }));
      note(
        'no active span',
        sdk.withActiveSpan(null, () => sdk.getTraceData()),
      );
      span.end();
      await sent(1);
      note('after', sdk.getTraceData());
    },
  },
  {
    name: 'trace data: headers only',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    script: (sdk, { note }) => {
      note('first', sdk.getTraceData());
      note('second', sdk.getTraceData());
      sdk.startSpan({ name: 'inside' }, () => note('inside', sdk.getTraceData()));
      note('with traceparent', sdk.getTraceData({ propagateTraceparent: true }));
    },
  },
  {
    name: 'trace data: unsampled',
    transactions: 0,
    init: () => ({ tracesSampleRate: 0 }),
    script: (sdk, { note }) => {
      note('during', sdk.getTraceData());
      sdk.startSpan({ name: 'inside' }, () => note('inside', sdk.getTraceData()));
    },
  },
  {
    name: 'trace data: the option of the client does not count',
    init: () => ({ propagateTraceparent: true }),
    script: (sdk, { note }) => {
      note('unasked', sdk.getTraceData());
      note('asked', sdk.getTraceData({ propagateTraceparent: true }));
    },
  },
  {
    name: 'trace: continued, sampled',
    transactions: 2,
    script: async (sdk, { note }) => {
      const incoming = {
        sentryTrace: '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1',
        baggage: 'sentry-release=up,sentry-sample_rand=0.3,third=party',
      };
      await sdk.continueTrace(incoming, async () => {
        note('active', sdk.getActiveSpan());
        note('inside', sdk.getTraceData());
        await fetch('/without-a-span');
        await sdk.startSpan({ name: 'continued', op: 'task' }, () => fetch('/in-a-span'));
      });
      await fetch('/after');
    },
  },
  {
    name: 'trace: continued, unsampled',
    differs: {
      [NO_CONTEXT]: {
        'requests GET site/without-a-span 0 baggage': [undefined, 'undefined'],
        'requests GET site/in-a-span 0 baggage': [undefined, 'undefined'],
      },
    },
    script: async (sdk) => {
      const sentryTrace = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0';
      await sdk.continueTrace({ sentryTrace, baggage: undefined }, async () => {
        await fetch('/without-a-span');
        await sdk.startSpan({ name: 'continued' }, () => fetch('/in-a-span'));
      });
    },
  },
  {
    name: 'trace: continued, undecided',
    transactions: 2,
    script: async (sdk) => {
      const sentryTrace = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7';
      const baggage = ['sentry-release=up', 'sentry-environment=e'];
      await sdk.continueTrace({ sentryTrace, baggage }, async () => {
        await fetch('/without-a-span');
        await sdk.startSpan({ name: 'continued' }, () => fetch('/in-a-span'));
      });
    },
  },
  {
    name: 'trace: continued, malformed',
    transactions: 2,
    script: async (sdk) => {
      const incoming = { sentryTrace: 'no trace', baggage: 'sentry-release=up' };
      await sdk.continueTrace(incoming, () =>
        sdk.startSpan({ name: 'fresh' }, () => fetch('/in-a-span')),
      );
    },
  },
  {
    name: 'trace: continued, of another organisation',
    transactions: 2,
    init: () => ({ orgId: '2' }),
    script: async (sdk) => {
      const incoming = {
        sentryTrace: '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1',
        baggage: 'sentry-org_id=1',
      };
      await sdk.continueTrace(incoming, () =>
        sdk.startSpan({ name: 'fresh' }, () => fetch('/in-a-span')),
      );
    },
  },
  {
    name: 'trace: continued strictly',
    transactions: 2,
    init: () => ({ orgId: '2', strictTraceContinuation: true }),
    script: async (sdk) => {
      const incoming = {
        sentryTrace: '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1',
        baggage: 'sentry-release=up',
      };
      await sdk.continueTrace(incoming, () =>
        sdk.startSpan({ name: 'fresh' }, () => fetch('/in-a-span')),
      );
    },
  },
  {
    name: 'trace: continued, headers only',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    script: async (sdk) => {
      const sentryTrace = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1';
      await sdk.continueTrace({ sentryTrace, baggage: 'sentry-release=up' }, () => fetch('/in'));
      await fetch('/out');
    },
  },
  {
    name: 'trace: a new one',
    transactions: 3,
    script: async (sdk, { note }) => {
      await sdk.startNewTrace(async () => {
        note('active', sdk.getActiveSpan());
        await fetch('/without-a-span');
        await sdk.startSpan({ name: 'first' }, () => fetch('/in-first'));
        await sdk.startSpan({ name: 'second' }, () => fetch('/in-second'));
      });
      await fetch('/after');
    },
  },
  {
    name: 'trace: a new one, headers only',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    script: async (sdk) => {
      await fetch('/before');
      await sdk.startNewTrace(() => fetch('/in'));
      await fetch('/after');
    },
  },
  {
    name: 'trace: suppressed',
    script: async (sdk, { note, xhr }) => {
      await sdk.suppressTracing(() => fetch('/suppressed'));
      await sdk.suppressTracing(() => xhr('/suppressed/xhr'));
      sdk.suppressTracing(() => {
        sdk.startSpan({ name: 'suppressed' }, (span) => note('is recording', span.isRecording()));
      });
      await sdk.suppressTracing(async () => {
        await fetch('/synchronous');
        await fetch('/later');
      });
      await fetch('/after');
    },
  },
  {
    name: 'trace: suppressed roots',
    script: async (sdk, { sent, note }) => {
      await sent(1);
      await sdk.suppressTracing(() => fetch('/suppressed'));
      sdk.suppressTracing(() => {
        sdk.startSpan({ name: 'root' }, (span) => note('flags', span.spanContext().traceFlags));
      });
    },
  },
];

export const closing = [
  {
    name: 'close: in the middle',
    script: async (sdk, { note, sent }) => {
      await fetch('/before');
      await sent(1);
      note('closed', await sdk.close(1000));
      await fetch('/after');
      note('trace data', sdk.getTraceData());
      history.pushState(null, '', '/next');
      await fetch('/next');
    },
  },
  {
    name: 'close: with a page load open',
    differs: {
      'README, close: all is ended, and sent; the peer loses it': {
        'transactions 0': [
          like({
            trace: like({ data: like({ 'sentry.idle_span_finish_reason': 'externalFinish' }) }),
          }),
          undefined,
        ],
        'endpoints 0': [
          '/api/1/envelope/?sentry_version=7&sentry_key=public&sentry_client=…',
          undefined,
        ],
        'requests GET site/before 0 sentry-trace': ['trace0-span0.0-1', 'trace0-unsent0-1'],
      },
    },
    transactions: 0,
    script: async (sdk, { note }) => {
      await fetch('/before');
      note('closed', await sdk.close(1000));
      sdk.startSpan({ name: 'after' }, () => {});
    },
  },
  {
    name: 'flush: says whether all was answered',
    script: async (sdk, { note, sent }) => {
      await sent(1);
      note('flushed', await sdk.flush(1000));
      note('of the client', await sdk.getClient().flush(1000));
    },
  },
];

export const stacks = [
  {
    name: 'trace: continued in a continued one',
    transactions: 3,
    script: async (sdk) => {
      const outer = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1';
      const inner = '12345678901234567890123456789012-1121201211212012-1';
      await sdk.continueTrace({ sentryTrace: outer, baggage: 'sentry-release=o' }, async () => {
        await sdk.startSpan({ name: 'outer' }, async () => {
          await sdk.continueTrace({ sentryTrace: inner, baggage: 'sentry-release=i' }, () =>
            sdk.startSpan({ name: 'inner' }, () => fetch('/inner')),
          );
          await fetch('/outer');
        });
      });
    },
  },
  {
    name: 'trace: continued without anything',
    transactions: 2,
    script: async (sdk) => {
      await sdk.continueTrace({ sentryTrace: undefined, baggage: undefined }, () =>
        sdk.startSpan({ name: 'fresh' }, () => fetch('/levels')),
      );
    },
  },
  {
    name: 'trace: callbacks that throw',
    script: async (sdk, { note, caught }) => {
      const route = sdk.getActiveSpan();
      const fail = () => {
        throw new Error('of the page');
      };
      const sentryTrace = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1';
      note('continueTrace', await caught(() => sdk.continueTrace({ sentryTrace }, fail)));
      note('startNewTrace', await caught(() => sdk.startNewTrace(fail)));
      note('suppressTracing', await caught(() => sdk.suppressTracing(fail)));
      note('withActiveSpan', await caught(() => sdk.withActiveSpan(null, fail)));
      note('rejects', await caught(() => sdk.startNewTrace(async () => fail())));
      note('restored', sdk.getActiveSpan() === route);
      await fetch('/levels');
    },
  },
  {
    name: 'trace: tasks that overlap',
    transactions: 3,
    script: async (sdk, { turn }) => {
      const one = sdk.startNewTrace(() =>
        sdk.startSpan({ name: 'one' }, async () => {
          await turn();
          await fetch('/one');
        }),
      );
      await sdk.startNewTrace(() =>
        sdk.startSpan({ name: 'two' }, async () => {
          await fetch('/two');
          await one;
        }),
      );
      await fetch('/after');
    },
  },
  {
    name: 'trace: a new one, not sampled',
    transactions: 1,
    init: () => ({ tracesSampler: ({ name }) => (name === 'quiet' ? 0 : 1) }),
    script: async (sdk) => {
      await sdk.startNewTrace(async () => {
        await sdk.startSpan({ name: 'quiet' }, () => fetch('/in-quiet'));
        await fetch('/beside');
      });
    },
  },
  {
    name: 'trace: a navigation in a new one, headers only',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    script: async (sdk) => {
      await sdk.startNewTrace(async () => {
        history.pushState(null, '', '/next');
        await fetch('/inside');
        await fetch('/inside');
      });
    },
  },
  {
    name: 'trace: a navigation in a new one',
    differs: ROUTE_OF_THE_PAGE,
    transactions: 2,
    init: () => ({ tracing: { idleTimeout: 1000 } }),
    script: async (sdk, { click }) => {
      click();
      await sdk.startNewTrace(async () => {
        history.pushState(null, '', '/next');
        await fetch('/inside');
      });
      await fetch('/outside');
    },
  },
];
