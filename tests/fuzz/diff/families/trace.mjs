// Which trace is continued, with which random number, and whether it is sampled.
import { corpusOf } from '../../corpus.mjs';
import { flag, number } from '../core.mjs';
import { clientWith, contextFromHeaders, core, quietly } from '../peer.mjs';
import {
  baggageRules,
  differsInLastBits,
  hasZeroId,
  isNumberBehindOtherSpace,
  loneSurrogates,
  valueOfProto,
} from '../rules.mjs';
import { mixed, mutated, noise } from '../texts.mjs';
import { someBaggage, sorted } from './baggage.mjs';
import { someSentryTrace } from './sentry_trace.mjs';

const corpus = corpusOf('sampling', 'meta-tags', 'baggage');
const MILLION = 1e6;

/** The text of a rate, usable or not. */
function someNumberText(random) {
  const digits = (from, to) => random.text('0123456789', from, to);
  return random.choose([
    [6, () => `0.${digits(1, 8)}`],
    [
      2,
      () =>
        random.of([
          '0',
          '1',
          '0.0',
          '1.0',
          '.5',
          '1.',
          '-0',
          '+0.5',
          '00.5',
          '1e-3',
          '5e-1x',
          '1E0',
        ]),
    ],
    [2, () => String(random.real())],
    [
      1,
      () =>
        `${random.of(['', '-', '+'])}${digits(0, 3)}.${digits(0, 25)}e${random.of(['', '-', '+'])}${digits(0, 3)}`,
    ],
    [
      1,
      () =>
        random.of([
          'NaN',
          'Infinity',
          '-Infinity',
          '0x1',
          '1_0',
          '',
          '.',
          '-',
          'e5',
          '1e',
          '.e1',
          'true',
          '1,5',
        ]),
    ],
    [1, () => random.of([' ', '\t', '\n', '\v', '\u00a0', '\ufeff', '\u2028']) + digits(1, 2)],
    [1, () => `0.${digits(1, 3)}${noise(random, '0123456789.e-+')}`],
    [1, () => mutated(random, ['0.5', '0.25', '1e-3', '0.123456789', '1'])],
  ]);
}

/** JavaScript's own text of a number, without an exponent for the six decimals of ours. */
const plain = (value) => String(value);

/** Section 5: cut off after the sixth digit, by the definition: the largest n / 10^6 not above. */
function floorSix(value) {
  let n = Math.floor(value * MILLION);
  while ((n + 1) / MILLION <= value) n++;
  while (n / MILLION > value) n--;
  return n / MILLION;
}

function ceilSix(value) {
  const floor = floorSix(value);
  const up = floor < value ? (Math.round(floor * MILLION) + 1) / MILLION : floor;
  return up < 1 ? up : 0.999999;
}

const dscOf = (baggage) => core.baggageHeaderToDynamicSamplingContext(baggage) ?? {};

const withDsc = (answer, changes) => ({
  ...answer,
  dsc: sorted(Object.entries({ ...Object.fromEntries(answer.dsc), ...changes })),
});

/**
 * The text as the number that it stands for. One that was generated may only be a plain one: an
 * exponent stays, and differs.
 */
function sampleRandAsNumber(entries, { baggage }) {
  const mayBeGiven = /sample_rand|%/.test(baggage);
  return entries.map(([key, value]) => {
    if (key !== 'sample_rand' || (/e/i.test(value) && !mayBeGiven)) return [key, value];
    return [key, String(parseFloat(value))];
  });
}

export const continuation = {
  name: 'continuation',
  share: 13,
  make(random) {
    const rate = (name) =>
      `sentry-${name}=${encodeURIComponent(someNumberText(random).toWellFormed())}`;
    const members = () =>
      [
        ...(random.chance(0.6) ? [rate('sample_rand')] : []),
        ...(random.chance(0.7) ? [rate('sample_rate')] : []),
        ...(random.chance(0.4) ? [someBaggage(random)] : []),
      ].join(',');
    return {
      sentryTrace: mixed(random, () => someSentryTrace(random), corpus, '-01 abcdef'),
      baggage: mixed(random, members, corpus, 'sentry-sample_rand=0.1,'),
      millionths: random.chance(0.1) ? random.of([0, 1, 999999]) : random.below(MILLION),
    };
  },
  ask: ({ sentryTrace, baggage, millionths }) => [sentryTrace, baggage, number(millionths)],
  read(fields, input) {
    const sampleRand = fields.number();
    if (fields.done) return { continued: false, sampleRand };
    return {
      continued: true,
      sampleRand,
      traceId: fields.text(),
      parentSpanId: fields.text(),
      sampled: fields.flag(),
      dsc: sorted(sampleRandAsNumber(fields.members(), input)),
    };
  },
  peer({ sentryTrace, baggage, millionths }) {
    const drawn = millionths / MILLION;
    const context = contextFromHeaders(sentryTrace, baggage, drawn);
    // Only a context that was continued has a DSC, if an empty one.
    if (!context.dsc) return { continued: false, sampleRand: context.sampleRand };
    return {
      continued: true,
      sampleRand: context.sampleRand,
      traceId: context.traceId,
      parentSpanId: context.parentSpanId ?? null,
      sampled: context.sampled ?? null,
      dsc: sorted(sampleRandAsNumber(Object.entries(context.dsc), { baggage })),
    };
  },
  rules: [
    loneSurrogates,
    ...baggageRules((input, change) => ({ ...input, baggage: change(input.baggage) })),
    {
      name: 'all-zero ids',
      answer: (answer, { millionths }) =>
        answer.continued && hasZeroId(answer)
          ? { continued: false, sampleRand: millionths / MILLION }
          : answer,
    },
    {
      name: '__proto__',
      answer(answer, { baggage }) {
        const value = valueOfProto(baggage, 'sentry-__proto__');
        if (!answer.continued || value === undefined) return answer;
        // A DSC that has nothing else is one: it gets a sample_rand too.
        const { sampleRand, dsc } = answer;
        const entries = dsc.length === 0 ? [['sample_rand', plain(sampleRand)]] : dsc;
        return { ...answer, dsc: sorted([...entries, ['__proto__', value]]) };
      },
    },
    {
      // A sample_rand or sample_rate of the peer that is none for the core.
      name: 'white space in front of numbers',
      answer(answer, { baggage, millionths }) {
        const { sample_rand: rand = '', sample_rate: rate = '' } = dscOf(baggage);
        if (!answer.continued) return answer;
        if (!isNumberBehindOtherSpace(rand) && !isNumberBehindOtherSpace(rate)) return answer;
        const usable = (text) => (isNumberBehindOtherSpace(text) ? undefined : text);
        const again = contextFromHeaders(
          `${answer.traceId}-${answer.sampled === null ? '' : Number(answer.sampled)}`,
          core.objectToBaggageHeader({
            ...(usable(rand) && { 'sentry-sample_rand': rand }),
            ...(usable(rate) && { 'sentry-sample_rate': rate }),
          }),
          millionths / MILLION,
        );
        const { sampleRand } = again;
        return withDsc({ ...answer, sampleRand }, { sample_rand: plain(sampleRand) });
      },
    },
    {
      // propagation.md 5 (delta): generated values have at most six decimals; below the rate they
      // are cut off, above it rounded up.
      name: 'six decimals',
      answer(answer, { baggage }) {
        const { sample_rand: rand = '', sample_rate: rate = '' } = dscOf(baggage);
        const usable = (text) =>
          isNumberBehindOtherSpace(text) ? undefined : core.parseSampleRate(text);
        if (!answer.continued || answer.sampled === null) return answer;
        if (usable(rand) !== undefined || !usable(rate)) return answer;
        const sampleRand = (answer.sampled ? floorSix : ceilSix)(answer.sampleRand);
        return withDsc({ ...answer, sampleRand }, { sample_rand: plain(sampleRand) });
      },
    },
  ],
  near(ours, required, { baggage }) {
    const { sample_rand: rand = '', sample_rate: rate = '' } = dscOf(baggage);
    const sampleRand = Number(required.sampleRand);
    const close = differsInLastBits(`${rand} ${rate}`, ours.sampleRand, sampleRand);
    const rest = (answer) => ({
      ...answer,
      sampleRand: 0,
      dsc: answer.dsc?.map(([key, value]) => [key, key === 'sample_rand' ? '' : value]),
    });
    const others = JSON.stringify(rest(ours)) === JSON.stringify(rest(required));
    return close && others ? 'last bits of long numbers' : undefined;
  },
};

const dsns = [
  ...['https://k@o42.ingest.example.io/7', 'https://k@o7.ingest.example.io/7'],
  ...['https://k@sentry.example.com/7', 'https://k@O42.example.com/7', 'https://k@o42x.a/7', ''],
];

export const organisation = {
  name: 'organisation',
  share: 2,
  make: (random) => ({
    incoming: random.of([null, '', '42', '7', '042', random.text('0123456789', 1, 3)]),
    orgId: random.of(['', '', '42', '7', random.text('0123456789', 1, 3)]),
    dsn: random.of(dsns),
    strict: random.chance(0.5),
  }),
  ask: ({ incoming, orgId, dsn, strict }) => [incoming, orgId, dsn, flag(strict)],
  read: (fields) => fields.flag(),
  peer: ({ incoming, orgId, dsn, strict }) =>
    core.shouldContinueTrace(
      clientWith(
        { orgId, strictTraceContinuation: strict },
        quietly(() => core.makeDsn(dsn)),
      ),
      incoming ?? undefined,
    ),
  rules: [],
};

/** A value as JSON can hold it: `{ type, text }`. */
const someValue = (random) =>
  random.choose([
    [4, () => ({ type: 'number', text: String(someNumber(random)) })],
    [3, () => ({ type: 'string', text: someNumberText(random) })],
    [1, () => ({ type: 'boolean', text: random.of(['true', 'false']) })],
    [1, () => ({ type: random.of(['undefined', 'null', 'object']), text: '' })],
  ]);

const someNumber = (random) =>
  random.choose([
    [6, () => random.real()],
    [2, () => random.below(101) / 100],
    [1, () => random.of([0, 1, NaN, Infinity, -Infinity, -0.5, 1.5, 5e-324, 1 + Number.EPSILON])],
  ]);

/** As the user gives it. */
function real({ type, text }) {
  if (type === 'number') return Number(text);
  if (type === 'string') return text;
  if (type === 'boolean') return text === 'true';
  if (type === 'object') return {};
  return type === 'null' ? null : undefined;
}

/** As the host hands it over: its type and what goes with that. */
function handed({ type, text }) {
  if (type === 'number') return ['number', number(Number(text))];
  if (type === 'boolean') return ['boolean', number(text === 'true' ? 1 : 0)];
  if (type === 'string') return ['string', text];
  return [type === 'object' ? 'other' : 'absent'];
}

const isSpaced = ({ type, text }) => type === 'string' && isNumberBehindOtherSpace(text);
const unspaced = (value) => (isSpaced(value) ? { type: 'string', text: 'x' } : value);

export const rate = {
  name: 'rate',
  share: 6,
  make: (random) =>
    random.chance(0.6) ? { type: 'string', text: someNumberText(random) } : someValue(random),
  ask: handed,
  read: (fields) => fields.number(),
  peer: (value) => core.parseSampleRate(real(value)) ?? null,
  rules: [loneSurrogates, { name: 'white space in front of numbers', input: unspaced }],
  near: (ours, required, { text }) =>
    differsInLastBits(text, ours, required) ? 'last bits of long numbers' : undefined,
};

/** What the sampler returned, as the host computes it with `inheritOrSampleWith`. */
function returned({ sampler, parentSampleRate, parentSampled }) {
  if (!sampler.inherits) return sampler.value;
  if (parentSampleRate !== null) return { type: 'number', text: String(parentSampleRate) };
  if (parentSampled !== null) return { type: 'boolean', text: String(parentSampled) };
  return sampler.value;
}

export const decision = {
  name: 'decision',
  share: 5,
  make: (random) => ({
    rate: someValue(random),
    parentSampled: random.of([null, true, false]),
    parentSampleRate: random.of([null, random.real()]),
    sampleRand: random.chance(0.2) ? random.of([0, 0.25, 0.5, 0.999999]) : random.real(),
    sampler: random.choose([
      [5, () => null],
      [4, () => ({ value: someValue(random), inherits: random.chance(0.4) })],
      [1, () => ({ throws: true })],
    ]),
  }),
  ask(input) {
    const { sampler } = input;
    const returns = sampler !== null && !sampler.throws;
    return [
      ...pad(handed(input.rate)),
      flag(input.parentSampled),
      number(input.sampleRand),
      flag(sampler !== null),
      flag(returns),
      ...(returns ? pad(handed(returned(input))) : []),
    ];
  },
  read: (fields) => ({ sampled: fields.flag(), rate: fields.number(), local: fields.flag() }),
  peer(input) {
    const { sampler, parentSampled, parentSampleRate } = input;
    const options = { tracesSampleRate: real(input.rate) };
    if (sampler?.throws) {
      options.tracesSampler = () => {
        throw new Error('sampler');
      };
    } else if (sampler) {
      const value = real(sampler.value);
      options.tracesSampler = ({ inheritOrSampleWith }) =>
        sampler.inherits ? inheritOrSampleWith(value) : value;
    }
    const context = {
      parentSampled: parentSampled ?? undefined,
      parentSampleRate: parentSampleRate ?? undefined,
    };
    const [sampled, applied = null, local = false] = core.sampleSpan(
      options,
      context,
      input.sampleRand,
    );
    return { sampled, rate: applied, local };
  },
  rules: [
    loneSurrogates,
    {
      // propagation.md 7.3 (delta): the parent's decision, else the rate, else not sampled; the
      // peer lets the exception out. Tracing is on all the same, which needs some rate.
      name: 'throwing sampler',
      input: (input) =>
        input.sampler?.throws
          ? {
              ...input,
              sampler: null,
              rate: ['undefined', 'null'].includes(input.rate.type)
                ? { type: 'number', text: 'NaN' }
                : input.rate,
            }
          : input,
    },
    {
      name: 'white space in front of numbers',
      input: ({ sampler, ...rest }) => ({
        ...rest,
        rate: unspaced(rest.rate),
        sampler: sampler?.value ? { ...sampler, value: unspaced(sampler.value) } : sampler,
      }),
    },
  ],
  near(ours, required, { rate: given, sampler }) {
    const texts = `${given.text} ${sampler?.value?.text ?? ''}`;
    const sameDecision = ours.sampled === required.sampled && ours.local === required.local;
    return sameDecision && differsInLastBits(texts, ours.rate, required.rate)
      ? 'last bits of long numbers'
      : undefined;
  },
};

/** A value takes two fields, whatever it is. */
function pad(fields) {
  return fields.length === 2 ? fields : [...fields, null];
}
