// What a request carries: kinds fetch-headers, xhr-headers and request-headers.
import { partsOf, same, skip, withinTolerance } from './verdict.mjs';
import { withPage } from './page.mjs';

const TRACE = '771a43a4192642f0b136d5159a501700';
const SPAN = '7b6f1e2d3c4a5968';
const meta = (name, content) => `<meta name="${name}" content="${content}">`;

/** The fixed state of the header tables, but for the span id, which is new with each request. */
function fixedState({ noBaggage }) {
  const baggage = `sentry-trace_id=${TRACE},sentry-public_key=k,sentry-sampled=true`;
  const tags = noBaggage ? '' : meta('baggage', baggage);
  return {
    url: 'https://app.example.com/',
    html: meta('sentry-trace', `${TRACE}-1121201211212012-1`) + tags,
  };
}

function start({ throughline }, { propagateTraceparent = false }) {
  throughline.init({
    tracesSampleRate: 1,
    propagateTraceparent,
    integrations: [throughline.browserTracingIntegration()],
  });
}

/**
 * Headers with the table's span id, without the random number that a continued trace adds to its
 * baggage, and without white space around commas.
 */
function normal(headers) {
  const spanId = partsOf(headers).traceId === TRACE ? partsOf(headers).spanId : undefined;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === 'baggage'
        ? value.replace(/,sentry-sample_rand=[\d.]+/, '').replace(/\s*,\s*/g, ',')
        : value.replace(spanId ?? /(?<=^00-.{32}-).{16}/, SPAN),
    ]),
  );
}

function containerOf({ kind, entries, fields }) {
  if (kind === 'object') return { ...fields };
  if (kind === 'entries') return entries.map((pair) => [...pair]);
  return kind === 'Map' ? new Map(entries) : new Headers(entries);
}

const contents = (headers) =>
  headers instanceof Headers || headers instanceof Map ? [...headers] : structuredClone(headers);

export function fetchHeaders({ in: given, out }) {
  return withPage(fixedState(given), async (page) => {
    const { window, requests } = page;
    start(page, given);
    const { url, urlObject, request, init } = given;
    const ownInit = init && { ...init };
    if (init?.headers) ownInit.headers = containerOf(init.headers);
    let input = url;
    if (urlObject) input = new window.URL(urlObject);
    if (request) input = new Request(request.url, { headers: request.headers ?? {} });
    const before = [contents(ownInit?.headers), contents(input?.headers)];
    await window.fetch(...('init' in given ? [input, ownInit] : [input]));

    const after = [contents(ownInit?.headers), contents(input?.headers)];
    const untouched = same(before, after);
    if (untouched.verdict === 'fail') return untouched;
    const call = requests[0];
    const target =
      call.input instanceof Request ? call.input : new URL(call.input, window.location);
    const wire = Object.fromEntries(new Request(target, call.init).headers);
    return same(normal(out), normal(wire));
  });
}

export function xhrHeaders({ in: given, out }) {
  return withPage(fixedState(given), (page) => {
    const { window, requests } = page;
    start(page, given);
    const xhr = new window.XMLHttpRequest();
    xhr.open(given.method ?? 'GET', given.url ?? '/api');
    for (const [name, value] of given.set ?? []) xhr.setRequestHeader(name, value);
    xhr.send();
    return same(normal(out), normal(requests[0].headers));
  });
}

const within = {
  manual: ['manual', 'custom'],
  manualUrl: ['/m/1', 'url'],
  manualRoute: ['/m/:id', 'route'],
};
const UPSTREAM = '12312012123120121231201212312012';
const scopes = {
  suppress: (throughline, run) => throughline.suppressTracing(run),
  newTrace: (throughline, run) => throughline.startNewTrace(run),
  continued: (throughline, run) =>
    throughline.continueTrace(
      { sentryTrace: `${UPSTREAM}-1121201211212012-1`, baggage: 'sentry-release=up' },
      run,
    ),
};

function traceOf(traceId, pageTrace) {
  if (traceId === UPSTREAM) return 'incoming';
  return traceId === pageTrace ? 'page' : 'other';
}

const idsOf = ({ payload: { contexts, spans } }) =>
  [contexts.trace, ...spans].map(({ span_id }) => span_id);

function outcome(page, pageTrace, headers) {
  const [first, second] = headers.map(partsOf);
  const recorded = page.transactions().flatMap(idsOf);
  const { dsc } = first;
  const got = {
    trace: traceOf(first.traceId, pageTrace),
    sameTraceForBoth: first.traceId === second.traceId,
    spanId: first.spanId === second.spanId ? 'stable' : 'per request',
    isRecordedSpan: recorded.includes(first.spanId),
    flag: first.flag,
    dsc: dsc?.trace_id === first.traceId ? { ...dsc, trace_id: '$traceId' } : dsc,
  };
  const { traceparent } = headers[0];
  if (traceparent !== undefined) {
    const [, traceId, spanId, flags] = traceparent.split('-');
    got.traceparentMatches = traceId === first.traceId && spanId === first.spanId;
    got.traceparentFlags = flags;
  }
  return got;
}

export function requestHeaders({ in: given, out }) {
  const { twp, stream, ...options } = given.options ?? {};
  if (given.within && !within[given.within] && !scopes[given.within])
    return skip(`within ${given.within}: unknown`);

  const setting = {
    entry: stream ? 'streaming' : 'index',
    html: `<head>${given.head ?? ''}</head>`,
  };
  return withPage(setting, async (page) => {
    const { window, clock, throughline, requests } = page;
    await clock.advance(50);
    throughline.init({
      dsn: 'https://pub@o42.ingest.example.io/7',
      release: 'app@1.0',
      ...(!twp && { tracesSampleRate: 1 }),
      ...options,
      integrations: [
        throughline.browserTracingIntegration({
          ...(given.noSpan && { shouldCreateSpanForRequest: () => false }),
        }),
        ...(stream ? [throughline.spanStreamingIntegration()] : []),
      ],
    });
    const pageTrace = partsOf(throughline.getTraceData()).traceId;
    await clock.advance(given.at ?? 50);
    const request = () => {
      if (!given.xhr) return window.fetch('/api');
      const xhr = new window.XMLHttpRequest();
      xhr.open('GET', '/api');
      xhr.send();
      return xhr.complete(200);
    };
    const both = async () => {
      const answers = [request(), request()];
      await Promise.all(answers);
    };
    const [name, source] = within[given.within] ?? [];
    if (name) {
      const attributes = { 'sentry.source': source };
      await throughline.startSpan({ name, parentSpan: null, attributes }, both);
    } else {
      const run = scopes[given.within] ?? ((_, callback) => callback());
      await run(throughline, both);
    }
    await clock.advance(60_000);
    const headers = requests.map((call) => call.headers ?? call.init.headers);
    const got = outcome(page, pageTrace, headers);
    return same(out, { ...got, dsc: withinTolerance(out.dsc, got.dsc) });
  });
}
