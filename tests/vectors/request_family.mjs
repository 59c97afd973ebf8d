// Requests as spans: kind http-spans.
import { same } from './verdict.mjs';
import { withPage } from './page.mjs';

/** Makes the request, and says when the application got an answer, or which error. */
function request({ window, clock, requests }, given) {
  const { kind, url, init, method = 'GET', response, error } = given;
  if (kind === 'fetch') {
    return window.fetch(...('init' in given ? [url, init] : [url])).then(
      () => null,
      (rejection) => `${rejection.name}: ${rejection.message}`,
    );
  }
  const xhr = new window.XMLHttpRequest();
  xhr.open(method, url);
  xhr.send();
  const { afterMs } = response ?? error;
  clock.setTimeout(() => requests.at(-1).xhr.complete(response?.status ?? 0), afterMs);
  return Promise.resolve(null);
}

/** How a fetch of the page is answered. */
const answerBy = (clock, { response, error }) =>
  new Promise((resolve, reject) => {
    const { afterMs } = response ?? error;
    clock().setTimeout(() => {
      if (!response) {
        reject(Object.assign(new Error(error.message), { name: error.name ?? 'TypeError' }));
        return;
      }
      const { status, headers = {} } = response;
      // Some of these may have no body.
      resolve(new Response(null, { status, headers }));
    }, afterMs);
  });

function listed(toMs, span) {
  const attributes = { ...span.data };
  delete attributes['sentry.op'];
  delete attributes['sentry.origin'];
  return {
    name: span.description,
    op: span.op,
    origin: span.origin,
    startMs: toMs(span.start_timestamp),
    endMs: toMs(span.timestamp),
    ...(span.status !== undefined && { status: span.status }),
    attributes,
  };
}

const hooks = {
  onRequestSpanStart: (span) => span.setAttribute('hook.start', true),
  onRequestSpanEnd: (span, { error }) => span.setAttribute('hook.end', error ? 'error' : 'ok'),
};

const byName = (attributes) => Object.fromEntries(Object.entries(attributes).sort());

export function httpSpans({ in: given, out }) {
  let page;
  const respond = () => answerBy(() => page.clock, given);

  return withPage({ respond }, async (opened) => {
    page = opened;
    const { clock, throughline, toMs } = page;
    throughline.init({
      dsn: 'https://pub@o42.ingest.example.io/7',
      ...(!given.twp && { tracesSampleRate: 1 }),
      integrations: [
        throughline.browserTracingIntegration({
          instrumentPageLoad: false,
          instrumentNavigation: false,
          ...(given.shouldCreateSpan !== undefined && {
            shouldCreateSpanForRequest: () => given.shouldCreateSpan,
          }),
          ...(given.hooks && hooks),
          ...given.integration,
        }),
      ],
    });
    await clock.advance(100);
    let rejected;
    const ask = () => {
      rejected = request(page, given);
    };
    const untilItEnds = () =>
      new Promise((resolve) => {
        clock.setTimeout(resolve, (given.rootEndsAt ?? 5000) - clock.now);
        ask();
      });
    if (given.noActiveSpan) ask();
    else throughline.startSpan({ name: 'root', parentSpan: null }, untilItEnds);
    await clock.advance(60_000);
    page.setHidden(true);
    await clock.advance(61_000);

    const spans = page.transactions().flatMap(({ payload }) => payload.spans);
    const reports = page.envelopes
      .flatMap(({ items }) => items)
      .filter(({ type }) => type === 'client_report')
      .flatMap(({ payload }) => payload.discarded_events);
    const got = {
      spans: spans.map((span) => listed(toMs, span)),
      rejected: await rejected,
      dropped: Object.fromEntries(
        reports.map(({ reason, category, quantity }) => [`${reason}/${category}`, quantity]),
      ),
    };
    // The order of attributes does not count.
    const inOrder = (result) => ({
      ...result,
      spans: result.spans.map((span) => ({ ...span, attributes: byName(span.attributes) })),
    });
    return same(inOrder(out), inOrder(got));
  });
}
