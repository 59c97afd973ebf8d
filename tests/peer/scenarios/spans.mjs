// Spans of the page's own, below a page load and without one.
export const spans = [
  {
    name: 'span: returns, awaits, throws, rejects',
    script: async (sdk, { note, caught }) => {
      note(
        'value',
        sdk.startSpan({ name: 'sync', op: 'function' }, () => 7),
      );
      note('awaited', await sdk.startSpan({ name: 'async' }, async () => 8));
      const threw = () => {
        throw new Error('thrown');
      };
      note('thrown', await caught(() => sdk.startSpan({ name: 'throws' }, threw)));
      const rejects = () => Promise.reject(new Error('rejected'));
      note('rejected', await caught(() => sdk.startSpan({ name: 'rejects' }, rejects)));
    },
  },
  {
    name: 'span: a status of its own survives an error',
    script: async (sdk, { caught }) => {
      const fail = (code, message) =>
        caught(() =>
          sdk.startSpan({ name: `status ${code}` }, (span) => {
            span.setStatus({ code, message });
            throw new Error('after');
          }),
        );
      await fail(0);
      await fail(1);
      await fail(2, 'aborted');
      await caught(() =>
        sdk.startSpan({ name: 'ended before' }, (span) => {
          span.end();
          throw new Error('after');
        }),
      );
    },
  },
  {
    name: 'span: nested ones lie flat below the page load',
    script: async (sdk) => {
      await sdk.startSpan({ name: 'outer' }, async () => {
        sdk.startSpan({ name: 'inner' }, () => {
          sdk.startInactiveSpan({ name: 'innermost' }).end();
        });
        await fetch('/levels');
      });
    },
  },
  {
    name: 'span: nested ones as a tree',
    init: () => ({ parentSpanIsAlwaysRootSpan: false }),
    script: async (sdk) => {
      await sdk.startSpan({ name: 'outer' }, async () => {
        sdk.startSpan({ name: 'inner' }, () => {
          sdk.startInactiveSpan({ name: 'innermost' }).end();
        });
        await fetch('/levels');
      });
    },
  },
  {
    name: 'span: hung below another one afterwards',
    script: (sdk, { note }) => {
      const outer = sdk.startInactiveSpan({ name: 'outer' });
      const inner = sdk.startInactiveSpan({ name: 'inner' });
      sdk.addChildSpanToSpan(outer, inner);
      note('below', sdk.getSpanDescendants(outer).length);
      inner.end();
      outer.end();
    },
  },
  {
    name: 'span: one that records nothing',
    differs: {
      'spans.md 1: the JSON of a placeholder is ids and empty data': {
        'notes json start_timestamp': [undefined, 0],
      },
    },
    script: (sdk, { note }) => {
      const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
      const span = new sdk.SentryNonRecordingSpan(ids);
      note('json', sdk.spanToJSON(span));
      note('header', sdk.spanToTraceHeader(span));
      note('recording', span.isRecording());
      span.setAttribute('a', 1).end();
    },
  },
  {
    name: 'span: a parent that is given',
    script: (sdk) => {
      const first = sdk.startInactiveSpan({ name: 'first' });
      const second = sdk.startInactiveSpan({ name: 'second', parentSpan: first });
      sdk.startSpan({ name: 'third', parentSpan: second }, () => {
        sdk.startInactiveSpan({ name: 'below third' }).end();
      });
      second.end();
      first.end();
    },
  },
  {
    name: 'span: no parent during a page load',
    transactions: 2,
    script: async (sdk, { note }) => {
      await sdk.startSpan({ name: 'alone', op: 'task', parentSpan: null }, () =>
        fetch('/below-alone'),
      );
      note('active after', sdk.spanToJSON(sdk.getActiveSpan()).op);
    },
  },
  {
    name: 'span: an inactive one without parent',
    transactions: 2,
    script: (sdk) => {
      const alone = sdk.startInactiveSpan({ name: 'alone', parentSpan: null });
      const child = sdk.startInactiveSpan({ name: 'child', parentSpan: alone });
      child.end();
      alone.end();
    },
  },
  {
    name: 'span: active for a while',
    script: (sdk, { note }) => {
      const route = sdk.getActiveSpan();
      const span = sdk.startInactiveSpan({ name: 'given' });
      sdk.withActiveSpan(span, () => {
        note('the given', sdk.getActiveSpan() === span);
        sdk.startInactiveSpan({ name: 'below given' }).end();
      });
      sdk.withActiveSpan(null, () => note('none', sdk.getActiveSpan()));
      note('restored', sdk.getActiveSpan() === route);
      span.end();
    },
  },
  {
    name: 'span: roots below no active span',
    transactions: 2,
    script: async (sdk) => {
      await sdk.withActiveSpan(null, () =>
        sdk.startSpan({ name: 'root', op: 'task' }, async () => {
          sdk.startInactiveSpan({ name: 'child' }).end();
          await fetch('/below-root');
        }),
      );
    },
  },
  {
    name: 'span: only with a parent',
    script: (sdk, { note }) => {
      sdk.startSpan({ name: 'has one', onlyIfParent: true }, (span) => {
        note('with', span.isRecording());
      });
      sdk.withActiveSpan(null, () => {
        sdk.startSpan({ name: 'has none', onlyIfParent: true }, (span) => {
          note('without', span.isRecording());
        });
        sdk.startInactiveSpan({ name: 'has none either', onlyIfParent: true }).end();
      });
    },
  },
  {
    name: 'span: kinds of attributes',
    script: (sdk) => {
      const attributes = {
        text: 'a "quoted" text,\n ümlaut',
        empty: '',
        whole: 3,
        fraction: 0.1,
        tiny: 1.5e-9,
        huge: 123456789012345,
        negative: -1,
        yes: true,
        no: false,
        texts: ['a', 'b'],
        numbers: [1, 2.5],
        flags: [true, false],
        nothing: undefined,
        'sentry.op': 'wins',
        'sentry.origin': 'auto.test.peer',
      };
      sdk.startInactiveSpan({ name: 'attributes', op: 'loses', attributes }).end();
      sdk
        .startInactiveSpan({
          name: 'not a number',
          attributes: { a: NaN, b: Infinity, c: -Infinity },
        })
        .end();
      sdk.startInactiveSpan({ name: 'null', attributes: { a: null, b: 'kept' } }).end();
    },
  },
  {
    name: 'span: attributes that are objects',
    script: (sdk) => {
      const span = sdk.startInactiveSpan({ name: 'objects' });
      span.setAttribute('flat', { a: 1, b: 'x' });
      span.setAttribute('deep', { a: { b: { c: { d: 1 } } } });
      span.setAttribute('list', [[1], [[2]], [[[3]]]]);
      span.setAttribute('date', new Date(0));
      span.end();
    },
  },
  {
    name: 'span: attributes that no JSON can hold',
    script: async (sdk, { caught, note }) => {
      const span = sdk.startInactiveSpan({ name: 'odd' });
      const circle = { name: 'circle' };
      circle.self = circle;
      const odd = { function: function named() {}, symbol: Symbol('s'), big: 12n, circle };
      for (const [key, value] of Object.entries(odd)) {
        note(`setting ${key}`, await caught(() => span.setAttribute(key, value)));
      }
      span.end();
    },
  },
  {
    name: 'span: started with attributes that no JSON can hold',
    script: async (sdk, { note, caught }) => {
      const attributes = { big: 12n, kept: 1 };
      note(
        'thrown',
        await caught(() =>
          sdk.startSpan({ name: 'odd', attributes }, (span) =>
            note('is recording', span.isRecording()),
          ),
        ),
      );
    },
  },
  {
    name: 'span: arguments of other types',
    script: async (sdk, { note, caught }) => {
      const start = (options) =>
        caught(() => {
          const span = sdk.startInactiveSpan(options);
          note(`${options.name} records`, span.isRecording());
          span.end();
        });
      note('attributes', await start({ name: 'no attributes', attributes: null }));
      note('parent', await start({ name: 'parent undefined', parentSpan: undefined }));
      const span = sdk.startInactiveSpan({ name: 'methods' });
      note('set', await caught(() => span.setAttributes({})));
      note('undefined', await caught(() => span.setAttribute('a')));
      span.end();
    },
  },
  {
    name: 'span: states of status',
    script: (sdk) => {
      const withStatus = (name, ...list) => {
        const span = sdk.startInactiveSpan({ name });
        for (const status of list) span.setStatus(status);
        span.end();
      };
      withStatus('none');
      withStatus('unset', { code: 0 });
      withStatus('ok', { code: 1 });
      withStatus('error', { code: 2 });
      withStatus('message', { code: 2, message: 'deadline_exceeded' });
      withStatus('any text', { code: 2, message: 'what happened' });
      withStatus('ok with a message', { code: 1, message: 'fine' });
      withStatus('the last counts', { code: 2, message: 'aborted' }, { code: 1 });
      withStatus('back to unset', { code: 1 }, { code: 0 });
    },
  },
  {
    name: 'span: names',
    script: (sdk) => {
      sdk.startInactiveSpan({ name: '' }).end();
      sdk.startInactiveSpan({ name: 'before' }).updateName('after').end();
      const span = sdk.startInactiveSpan({ name: 'with source' });
      span.setAttribute('sentry.source', 'route');
      span.updateName('renamed').end();
    },
  },
  {
    name: 'span: changes after the end',
    script: (sdk, { note }) => {
      const span = sdk.startInactiveSpan({ name: 'ended' });
      span.end();
      note('is recording', span.isRecording());
      span.setAttribute('late', 'yes').setStatus({ code: 1 }).updateName('late name');
      span.end(1);
    },
  },
  {
    name: 'span: changes after it was sent',
    differs: {
      'lifecycle.md 6 Δ: an idle span ends once; the peer puts its trace back on a second end': {
        'transactions 1 envelope trace transaction': [undefined, 'late'],
      },
      'envelope.md 6 Δ: what comes too late for its root is counted': {
        'losses invalid span': [1, undefined],
      },
    },
    transactions: 2,
    script: async (sdk, { sent, note }) => {
      const route = sdk.getActiveSpan();
      const { traceId } = route.spanContext();
      await sent(1);
      route.setAttribute('late', true).updateName('late').setStatus({ code: 2 });
      route.end();
      note('same id', route.spanContext().traceId === traceId);
      sdk.startInactiveSpan({ name: 'below the sent one', parentSpan: route }).end();
      sdk.startSpan({ name: 'next' }, () => {});
    },
  },
  {
    name: 'span: times as they are given',
    transactions: 2,
    script: (sdk) => {
      const root = sdk.startInactiveSpan({ name: 'root', parentSpan: null, startTime: 1600000000 });
      const child = (name, startTime, end) =>
        sdk.startInactiveSpan({ name, parentSpan: root, startTime }).end(end);
      child('seconds', 1600000001, 1600000002.5);
      child('milliseconds', 1600000001000, 1600000002500);
      child('dates', new Date(1600000001000), new Date(1600000002500));
      child('pairs', [1600000001, 500000000], [1600000002, 250000]);
      child('ends before it starts', 1600000005, 1600000004);
      root.end(1600000010);
    },
  },
  {
    name: 'span: start time 0 is none',
    transactions: 2,
    script: (sdk) => {
      sdk.startInactiveSpan({ name: 'root', parentSpan: null, startTime: 0 }).end();
    },
  },
  {
    name: 'span: open when its root ends',
    differs: {
      'envelope.md 6 Δ: children that were open are counted': {
        'losses invalid span': [1, undefined],
      },
    },
    transactions: 2,
    script: (sdk) => {
      const root = sdk.startInactiveSpan({ name: 'root', parentSpan: null });
      const open = sdk.startInactiveSpan({ name: 'open', parentSpan: root });
      sdk.startInactiveSpan({ name: 'done', parentSpan: root }).end();
      root.end();
      open.end();
    },
  },
  {
    name: 'span: a root without a name',
    transactions: 2,
    script: async (sdk) => {
      await sdk.startSpan({ name: '', parentSpan: null }, () => fetch('/levels'));
    },
  },
  {
    name: 'span: name of a root in the context of requests',
    transactions: 2,
    script: async (sdk) => {
      await sdk.startSpan({ name: 'first name', parentSpan: null }, async (span) => {
        await fetch('/first');
        span.updateName('second, name');
        await fetch('/second');
        span.setAttribute('sentry.source', 'url');
        await fetch('/third');
      });
    },
  },
  {
    name: 'span: source removed from a root',
    transactions: 2,
    script: (sdk) => {
      sdk.startSpan({ name: 'root', parentSpan: null }, (span) => {
        span.setAttribute('sentry.source', undefined);
      });
    },
  },
  {
    name: 'span: as JSON',
    differs: {
      'spans.md 1: a placeholder has ids and empty data only': {
        'notes placeholder start_timestamp': [undefined, 0],
      },
    },
    script: (sdk, { note }) => {
      const timeless = (span) => {
        const { start_timestamp: start, timestamp: end, ...rest } = sdk.spanToJSON(span);
        return { ...rest, hasStart: start > 0, hasEnd: end > 0 };
      };
      const route = sdk.getActiveSpan();
      const span = sdk.startInactiveSpan({ name: 'span', op: 'task', attributes: { a: 1 } });
      note('open', timeless(span));
      span.setStatus({ code: 2, message: 'aborted' });
      span.end();
      note('ended', timeless(span));
      note('route', timeless(route));
      note(
        'placeholder',
        sdk.suppressTracing(() => sdk.spanToJSON(sdk.startInactiveSpan({ name: 'x' }))),
      );
      note('flags', span.spanContext().traceFlags);
    },
  },
  {
    name: 'span: lifted attributes',
    script: (sdk) => {
      sdk
        .startInactiveSpan({
          name: 'lifted',
          attributes: { 'sentry.exclusive_time': 12.5, 'sentry.profile_id': 'p1' },
        })
        .end();
    },
  },
  {
    name: 'span: methods return the span',
    script: (sdk, { note }) => {
      const span = sdk.startInactiveSpan({ name: 'chained' });
      note('attribute', span.setAttribute('a', 1) === span);
      note('attributes', span.setAttributes({ b: 2 }) === span);
      note('status', span.setStatus({ code: 1 }) === span);
      note('name', span.updateName('renamed') === span);
      note('end', span.end());
    },
  },
  {
    name: 'span: the callback gets the active span',
    script: (sdk, { note }) => {
      sdk.startSpan({ name: 'active' }, (span) => {
        note('in startSpan', sdk.getActiveSpan() === span);
        sdk.withActiveSpan(null, () => note('none', sdk.getActiveSpan()));
        note('again', sdk.getActiveSpan() === span);
      });
    },
  },
  {
    name: 'span: many children',
    script: (sdk) => {
      for (let at = 0; at < 200; at++) sdk.startInactiveSpan({ name: `child ${at}` }).end();
    },
  },
  {
    name: 'span: more than 1000 children',
    differs: {
      'lifecycle.md 10 Δ: children beyond the 1000 are counted': {
        'losses buffer_overflow span': [3, undefined],
      },
    },
    transactions: 2,
    script: (sdk) => {
      sdk.startSpan({ name: 'root', parentSpan: null }, (root) => {
        for (let at = 0; at < 1003; at++) {
          const startTime = 1_600_000_000 + at;
          sdk.startInactiveSpan({ name: `${at}`, parentSpan: root, startTime }).end(startTime + 1);
        }
      });
    },
  },
  {
    name: 'span: tasks that overlap',
    script: async (sdk, { note, turn }) => {
      const route = sdk.getActiveSpan();
      const one = sdk.startSpan({ name: 'one' }, async () => {
        await turn();
        sdk.startInactiveSpan({ name: 'in one' }).end();
      });
      const two = sdk.startSpan({ name: 'two' }, async () => {
        sdk.startInactiveSpan({ name: 'in two' }).end();
        await turn();
        await turn();
      });
      await Promise.all([one, two]);
      note('restored', sdk.getActiveSpan() === route);
    },
  },
];
