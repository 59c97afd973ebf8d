// Functions and options about spans that ours may not have yet; `needs` names them.
export const awaitedSpans = [
  {
    name: 'awaited: startSpanManual',
    needs: ['startSpanManual'],
    script: async (sdk, { note, turn }) => {
      let finish;
      const value = sdk.startSpanManual({ name: 'by method', op: 'task' }, (span, end) => {
        finish = end;
        note('active', sdk.getActiveSpan() === span);
        return 7;
      });
      note('value', value);
      await turn();
      finish();
      sdk.startSpanManual({ name: 'by end' }, (span) => span.end());
    },
  },
  {
    name: 'awaited: startSpanManual, errors',
    needs: ['startSpanManual'],
    script: async (sdk, { note, caught }) => {
      let open;
      const thrown = await caught(() =>
        sdk.startSpanManual({ name: 'throws' }, (span) => {
          open = span;
          throw new Error('thrown');
        }),
      );
      note('thrown', thrown);
      note('records', open.isRecording());
      open.end();
    },
  },
  {
    name: 'awaited: updateSpanName',
    needs: ['updateSpanName'],
    script: async (sdk) => {
      const route = sdk.getActiveSpan();
      sdk.updateSpanName(route, '/lamps/:id');
      route.updateName('too late').setAttribute('sentry.source', 'url');
      await fetch('/levels');
      const span = sdk.startInactiveSpan({ name: 'before' });
      sdk.updateSpanName(span, 'after');
      span.end();
    },
  },
  {
    name: 'awaited: setMeasurement',
    needs: ['setMeasurement'],
    script: (sdk) => {
      sdk.setMeasurement('lamps', 12, 'none');
      sdk.setMeasurement('lamps', 13, 'none');
      sdk.setMeasurement('took', 1.5, 'millisecond');
      sdk.startSpan({ name: 'inside' }, (span) => {
        sdk.setMeasurement('inside', 1, '');
        sdk.setMeasurement('given', 2, 'byte', span);
      });
      sdk.withActiveSpan(null, () => sdk.setMeasurement('nowhere', 1, 'none'));
    },
  },
  {
    name: 'awaited: links',
    needs: ['links', 'addLink', 'addLinks'],
    script: (sdk) => {
      const first = sdk.startInactiveSpan({ name: 'first' });
      const second = sdk.startInactiveSpan({
        name: 'second',
        links: [{ context: first.spanContext(), attributes: { kind: 'given' } }],
      });
      second.addLink({ context: first.spanContext() });
      second.addLinks([{ context: first.spanContext(), attributes: { 'sentry.link.type': 'x' } }]);
      sdk.getActiveSpan().addLink({ context: first.spanContext() });
      second.end();
      first.end();
    },
  },
  {
    name: 'awaited: events that measure',
    needs: ['addEvent'],
    script: (sdk) => {
      const span = sdk.startInactiveSpan({ name: 'measured' });
      span.addEvent('lamps', {
        'sentry.measurement_value': 3,
        'sentry.measurement_unit': 'none',
      });
      span.addEvent('else', { a: 1 });
      span.end();
    },
  },
  {
    name: 'awaited: getRootSpan and getSpanDescendants',
    needs: ['getRootSpan', 'getSpanDescendants'],
    init: () => ({ parentSpanIsAlwaysRootSpan: false }),
    script: (sdk, { note }) => {
      const route = sdk.getActiveSpan();
      sdk.startSpan({ name: 'outer' }, () => {
        sdk.startSpan({ name: 'inner' }, (span) => {
          note('root', sdk.getRootSpan(span) === route);
          const names = sdk.getSpanDescendants(route).map(sdk.spanToJSON);
          note(
            'descendants',
            names.map(({ description }) => description),
          );
        });
      });
      note('its own', sdk.getRootSpan(route) === route);
    },
  },
  {
    name: 'awaited: headers of a span',
    needs: ['spanToTraceHeader', 'spanToBaggageHeader'],
    script: (sdk, { note }) => {
      sdk.startSpan({ name: 'span' }, (span) => {
        note('trace', sdk.spanToTraceHeader(span));
        note('baggage', sdk.spanToBaggageHeader(span));
      });
      const placeholder = sdk.suppressTracing(() => sdk.startInactiveSpan({ name: 'x' }));
      note('placeholder', sdk.spanToTraceHeader(placeholder));
    },
  },
  {
    name: 'awaited: setHttpStatus',
    needs: ['setHttpStatus'],
    script: (sdk) => {
      for (const code of [200, 302, 401, 404, 418, 499, 500, 503, 504, 599, 0, 700]) {
        const span = sdk.startInactiveSpan({ name: `status ${code}` });
        sdk.setHttpStatus(span, code);
        span.end();
      }
    },
  },
  {
    name: 'awaited: forceTransaction',
    needs: ['forceTransaction'],
    transactions: 2,
    script: async (sdk) => {
      await sdk.startSpan({ name: 'own', op: 'task', forceTransaction: true }, async () => {
        sdk.startInactiveSpan({ name: 'child' }).end();
        await fetch('/inside');
      });
      sdk.startInactiveSpan({ name: 'beside' }).end();
    },
  },
  {
    name: 'awaited: standalone spans',
    needs: ['startInactiveSpan'],
    script: (sdk) => {
      sdk
        .startInactiveSpan({ name: 'alone', op: 'task', experimental: { standalone: true } })
        .end();
      sdk
        .startInactiveSpan({
          name: 'own segment',
          parentSpan: null,
          experimental: { standalone: true },
        })
        .end();
    },
  },
  {
    name: 'awaited: setActiveSpanInBrowser',
    needs: ['setActiveSpanInBrowser'],
    script: async (sdk, { note }) => {
      const route = sdk.getActiveSpan();
      const span = sdk.startInactiveSpan({ name: 'made active' });
      sdk.setActiveSpanInBrowser(span);
      note('active', sdk.getActiveSpan() === span);
      await fetch('/inside');
      span.end();
      note('restored', sdk.getActiveSpan() === route);
    },
  },
];
