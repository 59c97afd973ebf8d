// Differences that are ours to repair: the specification is on the peer's side. Their scenarios
// count as skipped as long as exactly these differences show up, and fail when they are gone.
//
// `differs` is `path: [ours, peer]`; `spec` the sentence that we break; `cause` where it probably
// lies.
import { like } from './lib/differences.mjs';
import { ownBaggage } from './scenarios/texts.mjs';

const emptyOptions = [
  {
    scenario: 'page load: empty release and environment',
    differs: { 'transactions 0 envelope trace release': [undefined, ''] },
    spec: 'propagation.md 6.1: release, where it is set',
    cause: 'an empty release counts as none (make_dsc): nobody is helped by one',
  },
];

const requests = [
  {
    scenario: 'fetch: the page has baggage',
    differs: {
      'requests GET site/pairs 0 baggage': [
        `shop=2,b=c,${ownBaggage()}`,
        `shop=2,b=c, ${ownBaggage()}`,
      ],
    },
    spec: 'propagation.md 12: array of pairs: copied array + pushed pairs (on the wire joined by ", "); 3.4 says "," for all',
    cause:
      'ofPairs (js/browser/headers.ts) replaces the pair by a joined one; harmless, the two sections disagree',
  },
  {
    scenario: 'hidden: inside a span of the page',
    differs: {
      'requests GET site/after 0 sentry-trace': ['trace0-unsent0', 'trace0-unsent0-1'],
      'requests GET site/after 0 baggage': [
        'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public,sentry-trace_id=trace0',
        ownBaggage().replace(',sentry-sampled', ',sentry-transaction=work,sentry-sampled'),
      ],
      'losses no_parent_span span': [1, undefined],
    },
    spec: 'spans.md 1, lifecycle.md 10: the span of startSpan is active as long as the promise runs, ended or not',
    cause:
      'Tracer::active finds no record once the root was sent, so the request counts as one without an active span ' +
      'and loses decision and context; the record has to live as long as a fork holds the span (design.md decision 15)',
  },
];

const outlived = {
  spec: 'spans.md 1, lifecycle.md 10: the span of startSpan is active as long as the promise runs, ended or not',
  cause:
    'as in "hidden: inside a span of the page": a span whose root was sent is no active span any more',
};

const lives = [
  {
    scenario: 'span lives: a request of a span that outlived the page load',
    differs: { 'losses no_parent_span span': [1, undefined] },
    ...outlived,
  },
];

const delivery = [
  {
    scenario: 'delivery: the receiver wants no more transactions',
    differs: {
      'transactions 1': [like({ transaction: 'second' }), undefined],
      'losses ratelimit_backoff transaction': [undefined, 1],
    },
    spec: 'envelope.md 7 and 7.1: rate-limit headers are read from every response except 413',
    cause:
      'send (js/browser/host.ts) answers the status alone, and tl_settled takes no headers: not built yet',
  },
];

const navigatedInFork = {
  'requests GET site/outside 0 sentry-trace': ['trace1-span1.0-1', 'trace0-unsent0'],
  'requests GET site/outside 0 baggage': [
    ownBaggage('trace1', 'random1'),
    'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public,sentry-trace_id=trace0',
  ],
  'transactions 1 spans 0 description': ['GET /outside', 'GET /inside'],
  ...Object.fromEntries(
    Object.entries({ url: '', 'http.url': 'http://site', 'url.full': 'http://site' }).map(
      ([key, before]) => [
        `transactions 1 spans 0 data ${key}`,
        [`${before}/outside`, `${before}/inside`],
      ],
    ),
  ),
};

const routes = [
  {
    scenario: 'navigation: inside a span',
    differs: {
      'requests GET site/inside 0 sentry-trace': ['trace1-unsent0', 'trace1-span1.0-1'],
      'requests GET site/inside 0 baggage': [
        'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public,sentry-trace_id=trace1',
        ownBaggage('trace1', 'random1'),
      ],
      ...navigatedInFork,
    },
    spec: 'lifecycle.md 4 and 6: the idle span becomes the active span of the current scope, which is the fork of startSpan',
    cause:
      'Runtime::start_route_span writes the page scope, the fork keeps its own (sent) active span. A request of the ' +
      'code that navigated is no child of the navigation and is undecided; what the peer does after the callback ' +
      '(the old trace, undecided) is no better: to be decided, and marked with a delta',
  },
  {
    scenario: 'trace: a navigation in a new one',
    differs: {
      'requests GET site/inside 0 sentry-trace': ['trace2-unsent0', 'trace1-span1.0-1'],
      'requests GET site/inside 0 baggage': [
        'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public,sentry-trace_id=trace2',
        ownBaggage('trace1', 'random1'),
      ],
      ...navigatedInFork,
    },
    spec: 'lifecycle.md 4 and 6: new context and idle span belong to the current scope',
    cause: 'as in "navigation: inside a span": Runtime::route_change writes the page scope only',
  },
];

const states = [
  {
    scenario: 'trace: suppressed roots',
    differs: { 'losses no_parent_span span': [undefined, 1] },
    spec: 'spans.md 6: tracing on, allowed, no active span: no_parent_span (8.2 forbids sampling reports only)',
    cause: 'Runtime::request (wasm/throughline/runtime.cpp) counts only when not suppressed',
  },
  {
    scenario: 'close: with a page load open',
    differs: {
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
    spec: 'envelope.md 7.2: close: flush, then client disabled',
    cause:
      'Runtime::close ends open routes and sends them, which a native test wants (SendsTheRouteThatWasOpen): ' +
      'better than the peer, but the specification has no delta for it',
  },
];

export const known = [emptyOptions, requests, lives, delivery, routes, states].flat();
