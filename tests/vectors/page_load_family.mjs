// Which trace a page load continues: kind meta-tags.
import { partsOf, same, withinTolerance } from './verdict.mjs';
import { withPage } from './page.mjs';

/** Trace data, and tags made of it, inside `continueTrace` (and a span, if one is named). */
function emit({ sentryTrace, baggage, span, twp, propagateTraceparent }, out) {
  return withPage({}, async ({ throughline }) => {
    throughline.init({
      dsn: 'https://pub@o42.ingest.example.io/7',
      ...(!twp && { tracesSampleRate: 1 }),
    });
    const options = propagateTraceparent ? [{ propagateTraceparent }] : [];
    const read = () => {
      const data = throughline.getTraceData(...options);
      return { data, html: throughline.getTraceMetaTags(data) };
    };
    const got = throughline.continueTrace({ sentryTrace, baggage }, () =>
      span ? throughline.startSpan({ name: span }, read) : read(),
    );
    const spanId = partsOf(got.data).spanId;
    return same(out, JSON.parse(JSON.stringify(got).replaceAll(spanId, '$span')));
  });
}

export function metaTags({ group, in: given, out }) {
  if (group === 'emit') return emit(given, out);
  const { head = '', body = '', serverTiming = [], options: { twp, ...options } = {} } = given;

  const html = `<html><head>${head}</head><body>${body}</body></html>`;
  return withPage({ html, serverTiming }, async ({ clock, throughline, transactions }) => {
    await clock.advance(50);
    throughline.init({
      dsn: 'https://pub@o42.ingest.example.io/7',
      release: 'app@1.0',
      ...(!twp && { tracesSampleRate: 1 }),
      ...options,
      integrations: [
        throughline.browserTracingIntegration({ instrumentPageLoad: !given.traceOptions }),
      ],
    });
    if (given.traceOptions) {
      throughline.startBrowserTracingPageLoadSpan(
        throughline.getClient(),
        { name: '/' },
        given.traceOptions,
      );
    }
    const { traceId, flag, dsc } = partsOf(throughline.getTraceData());
    await clock.advance(60_000);
    const sent = transactions()[0]?.payload.contexts.trace;
    // A fresh id is one that stands nowhere in what came in.
    const isFresh = !JSON.stringify(given).includes(traceId);
    const got = {
      traceId: isFresh ? '$fresh' : traceId,
      flag,
      dsc: isFresh && dsc?.trace_id === traceId ? { ...dsc, trace_id: '$fresh' } : dsc,
      transaction: sent ? { parentSpanId: sent.parent_span_id ?? null } : null,
    };
    return same(out, { ...got, dsc: withinTolerance(out.dsc, got.dsc) });
  });
}
