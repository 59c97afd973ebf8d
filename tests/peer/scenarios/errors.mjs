// Errors and messages: what they are named, which trace they belong to, and what they carry.
import { like } from '../lib/differences.mjs';

export const errors = [
  {
    name: 'errors: in the page load, continued from meta tags',
    head: `<meta name="sentry-trace" content="12345678901234567890123456789012-1121201211212012-1">
<meta name="baggage" content="sentry-release=up%201,sentry-sample_rand=0.25">`,
    script: (sdk) => {
      function findLevel() {
        throw new TypeError('no such level');
      }
      try {
        findLevel();
      } catch (error) {
        sdk.captureException(error);
      }
    },
  },
  {
    name: 'errors: in spans',
    transactions: 2,
    script: (sdk) => {
      sdk.startSpan({ name: 'work', op: 'task' }, () => {
        sdk.captureMessage('in a span');
        sdk.startSpan({ name: 'below' }, () => sdk.captureMessage('below it'));
      });
      sdk.startSpan({ name: 'root', parentSpan: null }, () => sdk.captureMessage('in a root'));
      sdk.withActiveSpan(null, () => sdk.captureMessage('in none'));
    },
  },
  {
    name: 'errors: below spans as they are nested',
    init: () => ({ parentSpanIsAlwaysRootSpan: false }),
    script: (sdk) => {
      sdk.startSpan({ name: 'work' }, () => {
        sdk.startSpan({ name: 'below' }, () => sdk.captureMessage('below it'));
      });
    },
  },
  {
    name: 'errors: after the page load and after a navigation',
    transactions: 2,
    script: async (sdk, { sent }) => {
      await sent(1);
      sdk.captureMessage('after the page load');
      history.pushState(null, '', '/next?page=2');
      sdk.captureMessage('in the navigation');
      await fetch('/levels');
      await sent(2);
      sdk.captureMessage('after the navigation');
    },
  },
  {
    name: 'errors: in a trace that is continued, and in a new one',
    script: (sdk) => {
      const sentryTrace = '771a43a4192642f0b136d5159a501700-7b6f1e2d3c4a5968-1';
      const baggage = 'sentry-release=up,sentry-sample_rand=0.5';
      sdk.continueTrace({ sentryTrace, baggage }, () => sdk.captureMessage('continued'));
      sdk.startNewTrace(() => sdk.captureMessage('new'));
    },
  },
  {
    name: 'errors: where nothing is sampled',
    transactions: 0,
    init: () => ({ tracesSampleRate: 0 }),
    script: async (sdk, { loaded }) => {
      sdk.captureMessage('in the page load');
      await loaded();
    },
  },
  {
    name: 'errors: where tracing is off',
    transactions: 0,
    init: () => ({ tracesSampleRate: undefined }),
    head: '<meta name="sentry-trace" content="12345678901234567890123456789012-1121201211212012-1">',
    script: async (sdk, { loaded }) => {
      sdk.captureMessage('in the page load');
      await loaded();
      history.pushState(null, '', '/next');
      sdk.captureMessage('in the navigation');
    },
  },
  {
    name: 'errors: with listeners of createDsc',
    script: (sdk, { client }) => {
      client.on('createDsc', (dsc) => {
        dsc.team = 'shop';
      });
      sdk.captureMessage('with a team');
    },
  },
  {
    name: 'errors: what can be thrown',
    script: (sdk) => {
      class Order {
        id = 7;
      }
      const wrapped = new Error('outside');
      wrapped.message = { error: { message: 'wrapped' } };
      for (const thrown of [
        new RangeError('far'),
        new Error(''),
        wrapped,
        new ErrorEvent('error', { error: new TypeError('in an event'), message: 'outside' }),
        { code: 7, shop: { name: 'Lagoon', deep: { a: { b: 1 } } } },
        {},
        new Order(),
        { reason: new SyntaxError('in an object') },
        'a text',
        undefined,
        null,
      ]) {
        sdk.captureException(thrown);
      }
      try {
        document.createElement('1');
      } catch (error) {
        sdk.captureException(error);
      }
      sdk.captureException(new DOMException('gone', 'AbortError'));
    },
  },
  {
    name: 'errors: events that were thrown',
    script: (sdk) => {
      sdk.captureException(new ErrorEvent('error', { message: 'of a script' }));
      sdk.captureException(new MouseEvent('click'));
    },
  },
  {
    name: 'errors: causes, and errors of many',
    script: (sdk) => {
      const root = new Error('root');
      sdk.captureException(new TypeError('top', { cause: new Error('middle', { cause: root }) }));
      sdk.captureException(new AggregateError([new Error('a'), new Error('b')], 'both'));
      const circle = new Error('circle');
      circle.cause = circle;
      sdk.captureException(circle);
    },
  },
  {
    name: 'errors: the same twice',
    script: (sdk) => {
      const error = new Error('one');
      sdk.captureException(error);
      sdk.captureException(error);
      for (let i = 0; i < 2; i++) sdk.captureException(new Error('again'));
      for (let i = 0; i < 2; i++) sdk.captureMessage('message');
    },
  },
  {
    name: 'errors: scopes and contexts',
    script: (sdk) => {
      sdk.setUser({ id: '7' });
      sdk.setTags({ team: 'shop', shelf: 3 });
      sdk.setContext('cart', { items: 3, deep: { a: { b: { c: 1 } } } });
      sdk.setExtra('basket', [1, { a: 2 }]);
      sdk.addBreadcrumb({ message: 'coupon', timestamp: 1, data: { a: 1 } });
      sdk.withScope((scope) => {
        scope.setTag('team', 'pay').setLevel('fatal').setFingerprint(['pay']);
        scope.setTransactionName('pay by card');
        sdk.captureException(new Error('in a scope'));
      });
      sdk.captureException(new Error('1'), { tags: { of: 'context' }, level: 'warning' });
      sdk.captureException(new Error('2'), (scope) => scope.setTag('of', 'function'));
      sdk.captureException(new Error('3'), new sdk.Scope().setTag('of', 'scope'));
      sdk.captureException(new Error('4'), { mechanism: { type: 'own', handled: false } });
      sdk.captureMessage('5', { captureContext: 1, tags: { of: 'message' }, extra: { a: 1 } });
      sdk.captureMessage('6', 'debug');
    },
  },
  {
    name: 'errors: events that the application makes',
    script: (sdk, { note }) => {
      const event_id = '00112233445566778899aabbccddeeff';
      const made = { event_id, message: 'own', level: 'log', tags: { a: 1 }, release: 'other@2' };
      note('id', sdk.captureEvent(made));
      sdk.captureEvent({
        exception: { values: [{ type: 'Own', value: 'own' }] },
        contexts: { shop: { name: 'Lagoon' }, trace: { trace_id: 'a'.repeat(32) } },
        request: { url: 'https://other.example.com/' },
      });
    },
  },
  {
    name: 'errors: processors and beforeSend',
    init: () => ({
      beforeSend: (event, hint) => {
        if (event.message === 'dropped by the hook') return null;
        if (event.message === 'later') return Promise.resolve({ ...event, tags: { late: true } });
        return { ...event, extra: { original: String(hint.originalException) } };
      },
    }),
    script: async (sdk) => {
      sdk.addEventProcessor((event) => (event.message === 'dropped by a processor' ? null : event));
      sdk.captureException(new Error('seen'));
      sdk.captureMessage('dropped by the hook');
      sdk.captureMessage('dropped by a processor');
      sdk.captureMessage('later');
      await sdk.flush();
    },
  },
  {
    name: 'errors: beforeSend throws',
    differs: {
      'design.md 6: every loss is reported': { 'losses before_send error': [1, undefined] },
      'envelope.md 4.2: what hooks throw discards the event, and goes nowhere': {
        'events 1': [undefined, like({ level: 'error' })],
      },
    },
    init: () => ({
      beforeSend: (event) => {
        if (event.message === 'fails') throw new Error('of the hook');
        return event;
      },
    }),
    script: async (sdk) => {
      sdk.captureMessage('passes');
      sdk.captureMessage('fails');
      await sdk.flush();
    },
  },
  {
    name: 'errors: without a DSN, and off',
    transactions: 0,
    init: () => ({ enabled: false }),
    script: (sdk, { note }) => {
      note('id', /^[0-9a-f]{32}$/.test(sdk.captureException(new Error('x'))));
    },
  },
];
