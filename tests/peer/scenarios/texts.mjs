// Long texts that several scenarios expect.
import { like } from '../lib/differences.mjs';

/** `baggage` of a recorded trace that began here. */
export const ownBaggage = (trace = 'trace0', random = 'random0') =>
  [
    'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public',
    `sentry-trace_id=${trace},sentry-sampled=true,sentry-sample_rand=${random}`,
    'sentry-sample_rate=1',
  ].join(',');

/** The trace of the page is continued by the peer, and made anew by us. */
export const freshInsteadOf = ({ traceId, parent, dsc, baggage, ownOrganisation }) => {
  const own = {
    environment: 'test',
    release: 'shop@1',
    public_key: 'public',
    trace_id: 'trace0',
    sampled: 'true',
    sample_rand: 'random0',
    sample_rate: '1',
    ...(ownOrganisation && { org_id: ownOrganisation }),
  };
  const text = ownOrganisation
    ? ownBaggage().replace(',sentry-sampled', `,sentry-org_id=${ownOrganisation},sentry-sampled`)
    : ownBaggage();
  return {
    ...Object.fromEntries(
      Object.entries(own).map(([key, value]) => [
        `transactions 0 envelope trace ${key}`,
        [value, dsc[key]],
      ]),
    ),
    'transactions 0 trace trace_id': ['trace0', traceId],
    'transactions 0 trace parent_span_id': [undefined, parent],
    'transactions 0 trace data sentry.sample_rate': [1, undefined],
    'transactions 0 spans 0 trace_id': ['trace0', traceId],
    'requests GET site/levels 0 sentry-trace': ['trace0-span0.0-1', `${traceId}-span0.0-1`],
    'requests GET site/levels 0 baggage': [text, baggage],
  };
};

/** A navigation that began in a span, or in a trace of its own: what comes after that one. */
export const ROUTE_OF_THE_PAGE = {
  'README, What is recorded: a navigation belongs to the page, wherever it begins; the peer goes back to the old trace':
    {
      'requests GET site/outside 0 sentry-trace': ['trace1-span1.1-1', 'trace0-unsent0'],
      'requests GET site/outside 0 baggage': [
        ownBaggage('trace1', 'random1'),
        'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public,sentry-trace_id=trace0',
      ],
      'transactions 1 spans 1': [like({ description: 'GET /outside' }), undefined],
      'losses no_parent_span span': [undefined, 1],
    },
};

export const NO_CONTEXT =
  'propagation.md 12 Δ: no context, no baggage; the peer writes "undefined"';
