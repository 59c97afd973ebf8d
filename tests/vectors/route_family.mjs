// Page loads and navigations on the virtual clock: kind navigation.
import { partsOf, same, sameNumber } from './verdict.mjs';
import { withPage } from './page.mjs';

function take({ window, throughline, setHidden, setReadyState }, step) {
  const { history, location } = window;
  if ('push' in step) history.pushState(null, '', step.push);
  else if ('replace' in step) history.replaceState(null, '', step.replace);
  else if ('popstate' in step) {
    // The browser moves by itself before it tells: past our wrappers of the methods.
    const { prototype } = window.History;
    prototype.replaceState.call(history, null, '', new window.URL(step.popstate, location).href);
    window.dispatchEvent(new window.Event('popstate'));
  } else if ('event' in step) window.dispatchEvent(new window.Event(step.event));
  else if ('readyState' in step) setReadyState(step.readyState);
  else if ('hidden' in step) setHidden(step.hidden);
  else if ('child' in step) throughline.startSpan({ name: step.child }, () => {});
  else if ('reportPageLoaded' in step) throughline.reportPageLoaded();
  else if ('startPageload' in step) {
    const { startPageload, traceOptions } = step;
    throughline.startBrowserTracingPageLoadSpan(
      throughline.getClient(),
      startPageload,
      traceOptions,
    );
  } else if ('startNavigation' in step) {
    throughline.startBrowserTracingNavigationSpan(throughline.getClient(), step.startNavigation);
  } else throw new Error(`unknown step ${JSON.stringify(step)}`);
}

function asListed(toMs, symbol, { trace: dsc, payload }) {
  const { contexts, spans, transaction, transaction_info: info, request } = payload;
  const { trace } = contexts;
  const { data } = trace;
  return {
    name: transaction,
    op: trace.op,
    origin: trace.origin,
    source: info.source,
    trace: symbol(trace.trace_id),
    parentSpanId: trace.parent_span_id ?? null,
    startMs: toMs(payload.start_timestamp),
    endMs: toMs(payload.timestamp),
    finishReason: data['sentry.idle_span_finish_reason'],
    status: trace.status,
    requestUrl: request?.url,
    cancellationReason: data['sentry.cancellation_reason'] ?? null,
    sampleRate: data['sentry.sample_rate'] ?? null,
    previousTraceSampleRate: data['sentry.previous_trace_sample_rate'] ?? null,
    dsc,
    children: spans.map((span) => ({
      name: span.description,
      op: span.op ?? null,
      startMs: toMs(span.start_timestamp),
      endMs: toMs(span.timestamp),
    })),
    links: trace.links?.map(({ trace_id: id, sampled, attributes }) => ({
      trace: symbol(id),
      sampled,
      type: attributes['sentry.link.type'],
    })),
  };
}

/** What was listed of what was got, with numbers of the table where they are the same. */
function listed(expected, got) {
  if (typeof expected === 'number') return Math.abs(expected - got) < 0.01 ? expected : got;
  if (expected === null || typeof expected !== 'object') return got;
  if (Array.isArray(expected)) {
    return Array.isArray(got) ? got.map((entry, i) => listed(expected[i] ?? entry, entry)) : got;
  }
  return Object.fromEntries(
    Object.keys(expected).map((key) => {
      const value = got?.[key];
      if (key === 'sample_rand')
        return [key, sameNumber(expected[key], value) ? expected[key] : value];
      return [key, listed(expected[key], value)];
    }),
  );
}

export function navigation({ in: given, out }) {
  const { page: url, html, initAt = 50, readyState = 'complete', until = 60_000, steps } = given;
  const rands = given.traceRands ?? [];
  const renaming = given.renameTo && {
    beforeStartSpan: (options) => ({ ...options, name: given.renameTo }),
  };
  const traces = [];
  const symbol = (traceId) => {
    if (!traces.includes(traceId)) traces.push(traceId);
    return `T${traces.indexOf(traceId) + 1}`;
  };

  return withPage({ url, html }, async (page) => {
    const { clock, throughline, toMs, transactions } = page;
    const nextRand = () => page.setRand(rands[traces.length] ?? 0.25);
    const propagation = [];
    const note = (at) => {
      const { traceId, flag } = partsOf(throughline.getTraceData());
      propagation.push({ at, trace: symbol(traceId), flag });
      nextRand();
    };

    nextRand();
    page.startWith(readyState);
    await clock.advance(initAt);
    throughline.init({
      dsn: 'https://pub@o42.ingest.example.io/7',
      ...(!given.twp && { tracesSampleRate: given.tracesSampleRate ?? 1 }),
      integrations: [throughline.browserTracingIntegration({ ...given.integration, ...renaming })],
    });
    note('init');
    for (const step of steps) {
      await clock.advance(step.t);
      take(page, step);
      note(step.t);
    }
    await clock.advance(until);
    note('end');

    const sent = transactions().map((transaction) => asListed(toMs, symbol, transaction));
    const got = listed(out, { propagation, transactions: sent });
    return same(out, got);
  });
}
