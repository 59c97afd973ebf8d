// The trace that the server put into the page: continued or not, and what requests then carry.
import { freshInsteadOf, NO_CONTEXT } from './texts.mjs';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const RATES = 'sentry-release=up%401,sentry-sample_rate=0.4,sentry-sample_rand=0.3';

const tags = (trace, baggage) =>
  [
    trace !== undefined && `<meta name="sentry-trace" content="${trace}" />`,
    baggage !== undefined && `<meta name="baggage" content="${baggage}" />`,
  ]
    .filter(Boolean)
    .join('\n');

const noContext = (path) => ({
  [NO_CONTEXT]: { [`requests GET site${path} 0 baggage`]: [undefined, 'undefined'] },
});

const request = () => fetch('/levels');

const WITHOUT_CONTEXT = [
  'sampled, without baggage',
  'unsampled, without baggage',
  'baggage of others only',
];

const continued = [
  ['sampled', `${TRACE}-${PARENT}-1`, `${RATES},sentry-sampled=true`],
  ['sampled, without baggage', `${TRACE}-${PARENT}-1`],
  ['sampled, without a random number', `${TRACE}-${PARENT}-1`, 'sentry-sample_rate=0.4'],
  ['deferred, sampled here', `${TRACE}-${PARENT}`, RATES],
  ['deferred, without baggage', `${TRACE}-${PARENT}`],
  ['baggage of others only', `${TRACE}-${PARENT}-1`, 'other=1,third=2;p=1'],
  ['baggage of others as well', `${TRACE}-${PARENT}-1`, 'other=1, sentry-release = up ,x=y'],
  ['no parent span', TRACE],
  ['upper case is malformed', `${TRACE.toUpperCase()}-${PARENT}-1`, RATES],
  ['text is malformed', 'not a trace', RATES],
  ['empty', '', RATES],
  ['baggage alone', undefined, RATES],
].map(([name, ...content]) => ({
  name: `meta tag: ${name}`,
  head: tags(...content),
  script: request,
  ...(WITHOUT_CONTEXT.includes(name) && { differs: noContext('/levels') }),
}));

const unsampled = [
  ['unsampled', `${TRACE}-${PARENT}-0`, `${RATES},sentry-sampled=false`],
  ['unsampled, without baggage', `${TRACE}-${PARENT}-0`],
].map(([name, ...content]) => ({
  name: `meta tag: ${name}`,
  transactions: 0,
  head: tags(...content),
  ...(WITHOUT_CONTEXT.includes(name) && { differs: noContext('/levels') }),
  script: async (sdk, { note, loaded }) => {
    note('is recording', sdk.getActiveSpan().isRecording());
    await fetch('/levels');
    await loaded();
  },
}));

export const metaTags = [
  ...continued,
  ...unsampled,
  {
    name: 'meta tag: deferred, the rate here decides against it',
    transactions: 0,
    head: tags(`${TRACE}-${PARENT}`, RATES),
    init: () => ({ tracesSampleRate: 0.2 }),
    script: request,
  },
  {
    name: 'meta tag: deferred, the rate here decides for it',
    head: tags(`${TRACE}-${PARENT}`, RATES),
    init: () => ({ tracesSampleRate: 0.7 }),
    script: request,
  },
  {
    name: 'meta tag: the first of two',
    differs: noContext('/levels'),
    head: `${tags(`${TRACE}-${PARENT}-1`)}\n${tags('12345678901234567890123456789012-1121201211212012-1')}`,
    script: request,
  },
  {
    name: 'meta tag: headers only',
    transactions: 0,
    head: tags(`${TRACE}-${PARENT}-1`, RATES),
    init: () => ({ tracesSampleRate: undefined }),
    script: async (_, { loaded }) => {
      await fetch('/first');
      await fetch('/second');
      await loaded();
    },
  },
  {
    name: 'meta tag: headers only, undecided',
    differs: noContext('/levels'),
    transactions: 0,
    head: tags(`${TRACE}-${PARENT}`),
    init: () => ({ tracesSampleRate: undefined }),
    script: request,
  },
  {
    name: 'meta tag: another organisation',
    differs: {
      'propagation.md 6.4 Δ: the check applies to meta tags too': freshInsteadOf({
        traceId: TRACE,
        parent: PARENT,
        dsc: { org_id: '1', sample_rand: '0.3' },
        baggage: 'sentry-org_id=1,sentry-sample_rand=0.3',
        ownOrganisation: '2',
      }),
    },
    head: tags(`${TRACE}-${PARENT}-1`, 'sentry-org_id=1,sentry-sample_rand=0.3'),
    init: () => ({ orgId: '2' }),
    script: request,
  },
  {
    name: 'meta tag: Server-Timing instead',
    headers: {
      'server-timing': `sentry-trace;desc="${TRACE}-${PARENT}-1", baggage;desc="${RATES}"`,
    },
    script: request,
  },
  {
    name: 'meta tag: wins over Server-Timing, each by itself',
    head: tags(`${TRACE}-${PARENT}-1`),
    headers: {
      'server-timing': `sentry-trace;desc="12345678901234567890123456789012-1121201211212012-0", baggage;desc="${RATES}"`,
    },
    script: request,
  },
  {
    name: 'meta tag: a trace id of zeros',
    differs: {
      'propagation.md 2 Δ: ids of zeros are malformed': freshInsteadOf({
        traceId: '0'.repeat(32),
        parent: PARENT,
        dsc: {},
        baggage: 'undefined',
      }),
    },
    head: tags(`${'0'.repeat(32)}-${PARENT}-1`),
    script: request,
  },
  {
    name: 'meta tag: what follows the page load',
    head: tags(`${TRACE}-${PARENT}-1`, RATES),
    transactions: 2,
    script: async (sdk, { sent }) => {
      await sent(1);
      await fetch('/between');
      await sdk.startSpan({ name: 'later', op: 'task' }, () => fetch('/later'));
    },
  },
];
