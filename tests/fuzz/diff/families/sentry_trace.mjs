// `sentry-trace`: reading it, and writing it together with `traceparent`.
import { corpusOf } from '../../corpus.mjs';
import { flag } from '../core.mjs';
import { core } from '../peer.mjs';
import { hasZeroId, loneSurrogates } from '../rules.mjs';
import { mixed } from '../texts.mjs';

const hex = '0123456789abcdef';
const corpus = corpusOf('sentry-trace', 'traceparent', 'meta-tags');

/** An id of about the right length. */
function someId(random, digits) {
  if (random.chance(0.05)) return '0'.repeat(digits);
  const length = random.chance(0.1) ? digits + random.between(-2, 2) : digits;
  const id = random.text(hex, length, length);
  return random.chance(0.03) ? id.toUpperCase() : id;
}

export function someSentryTrace(random) {
  const part = (probability, make) => (random.chance(probability) ? make() : '');
  const space = () =>
    part(0.1, () => random.text(' \t', 1, 3)) + part(0.02, () => random.of('\n\r\v\f\u00a0'));
  const dash = () => random.of(['-', '-', '-', '-', '-', '-', '', '--']);
  return [
    space(),
    part(0.95, () => someId(random, 32)),
    dash(),
    part(0.9, () => someId(random, 16)),
    part(0.85, () => dash() + random.of(['0', '1', '1', '1', '', '2', 't'])),
    space(),
  ].join('');
}

export const sentryTrace = {
  name: 'sentry-trace',
  share: 15,
  make: (random) => mixed(random, () => someSentryTrace(random), corpus, '-01 \tabcdef'),
  ask: (text) => [text],
  read(fields) {
    if (fields.done) return null;
    return { traceId: fields.text(), parentSpanId: fields.text(), sampled: fields.flag() };
  },
  peer(text) {
    const data = core.extractTraceparentData(text);
    // propagation.md 2: without a trace id there is nothing to continue.
    if (!data?.traceId) return null;
    const { traceId, parentSpanId = null, parentSampled = null } = data;
    return { traceId, parentSpanId, sampled: parentSampled };
  },
  rules: [
    loneSurrogates,
    { name: 'all-zero ids', answer: (data) => (data && hasZeroId(data) ? null : data) },
  ],
};

export const writtenHeaders = {
  name: 'written headers',
  share: 1,
  make: (random) => ({
    traceId: random.text(hex, 32, 32),
    spanId: random.text(hex, 16, 16),
    sampled: random.of([true, false, null]),
  }),
  ask: ({ traceId, spanId, sampled }) => [traceId, spanId, flag(sampled)],
  read: (fields) => [fields.text(), fields.text()],
  peer({ traceId, spanId, sampled }) {
    // When shrunk they are no ids any more; the core has none of another length.
    const [trace, span] = [
      /^[0-9a-f]{32}$/.test(traceId) ? traceId : '0'.repeat(32),
      /^[0-9a-f]{16}$/.test(spanId) ? spanId : '0'.repeat(16),
    ];
    const decision = sampled ?? undefined;
    return [
      core.generateSentryTraceHeader(trace, span, decision),
      core.generateTraceparentHeader(trace, span, decision),
    ];
  },
  rules: [],
};
