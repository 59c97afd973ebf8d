// `baggage`: reading it and taking the DSC out, writing one, joining ours to the application's.
import { corpusOf } from '../../corpus.mjs';
import { core, requestBaggage } from '../peer.mjs';
import { baggageRules, loneSurrogates, valueOfProto } from '../rules.mjs';
import { mixed, noise } from '../texts.mjs';

const corpus = corpusOf('baggage', 'meta-tags', 'fetch-headers');
const alphabet = 'sentry-trace_id=a1%20,; \t';
const names = [
  ...['trace_id', 'public_key', 'release', 'environment', 'transaction', 'sampled', 'org_id'],
  ...['sample_rand', 'sample_rate', 'replay_id', 'user_segment', 'constructor', '1', '__proto__'],
];

function someText(random) {
  return random.choose([
    [8, () => random.text('abcXYZ019-._~', 1, 12)],
    [3, () => random.of(['true', 'false', '1', '0.5', '0.25', 'production', 'app@1.0', '0', ''])],
    [1, () => random.text('äß€😀\u00a0\u2003\ufeff \t"=;', 1, 4)],
    [1, () => noise(random)],
  ]);
}

const hexDigits = '0123456789abcdefABCDEF';
const percent = (random) =>
  random.choose([
    [
      4,
      () =>
        encodeURIComponent(
          random.of(['a b', '/x?y', 'ä', '€', '😀', ',', ';', '=', '%', '\u00a0', '\ufeff', '\0']),
        ),
    ],
    [2, () => `%${random.text(hexDigits, 2, 2)}`],
    [
      2,
      () =>
        random.of(['%E0%A4', '%ED%A0%80', '%F4%90%80%80', '%C0%AF', '%EF%BB%BF', '%FF', '%F0%9F']),
    ],
    [1, () => random.of(['%', '%2', '%zz', '%%', '%u0041'])],
  ]);

function someMember(random) {
  const space = () => (random.chance(0.15) ? random.text(' \t\u00a0\n\v\u2003', 1, 2) : '');
  const part = (text) => (random.chance(0.3) ? text + percent(random) + someText(random) : text);
  const key = random.choose([
    [8, () => `sentry-${random.of(names)}`],
    [
      3,
      () => random.of(['tenant', 'Sentry-x', 'sentry', 'sentry-', 'SENTRY-trace_id', '__proto__']),
    ],
    [2, () => part(someText(random))],
  ]);
  const equals = random.of(['=', '=', '=', '=', '=', '=', '=', '=', '', '==']);
  const properties = random.chance(0.12)
    ? random.of([';', ';p', ';p=1', '; p = 1 ;q', ';a%zz=%'])
    : '';
  return space() + key + space() + equals + space() + part(someText(random)) + space() + properties;
}

export const someBaggage = (random) =>
  random.times(0, 7, () => someMember(random)).join(random.chance(0.05) ? ',,' : ',');

const byKey = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** Of what is read no order is promised: an object of the peer puts names like "1" first. */
export const sorted = (entries) => entries.toSorted(([a], [b]) => byKey(a, b));

const protoMember = {
  name: '__proto__',
  answer({ all, dsc }, lines) {
    const header = lines.join(',');
    const add = (entries, name, value) =>
      value === undefined ? entries : sorted([...(entries ?? []), [name, value]]);
    return {
      all: add(all, '__proto__', valueOfProto(header, '__proto__')),
      dsc: add(dsc, '__proto__', valueOfProto(header, 'sentry-__proto__')),
    };
  },
};

export const baggage = {
  name: 'baggage',
  share: 25,
  make: (random) =>
    random.times(1, random.chance(0.1) ? 3 : 1, () =>
      mixed(random, () => someBaggage(random), corpus, alphabet),
    ),
  ask: (lines) => lines,
  read(fields) {
    const all = sorted(fields.members());
    return { all, dsc: fields.done ? null : sorted(fields.members()) };
  },
  peer(lines) {
    const given = lines.length === 1 ? lines[0] : lines;
    const dsc = core.baggageHeaderToDynamicSamplingContext(given);
    return {
      all: sorted(Object.entries(core.parseBaggageHeader(given) ?? {})),
      dsc: dsc ? sorted(Object.entries(dsc)) : null,
    };
  },
  rules: [loneSurrogates, ...baggageRules((lines, change) => lines.map(change)), protoMember],
};

const LIMIT = 8192;

/** Entries of a map; sometimes so many or so long that the limit matters. */
function someEntries(random) {
  const value = () => someText(random);
  const entries = random.times(0, 6, () => [
    random.chance(0.7) ? random.of(names) : value(),
    value(),
  ]);
  if (random.chance(0.15)) {
    const room = LIMIT - random.between(-3, 60);
    const long = random.choose([
      [3, () => 'v'.repeat(room - random.of([0, 0, 10, 100, 4000]))],
      [1, () => '€'.repeat(Math.floor(room / 9))],
      [1, () => ' '.repeat(Math.floor(room / 3))],
    ]);
    entries.splice(random.below(entries.length + 1), 0, [random.of(names), long]);
    if (random.chance(0.3)) entries.push([value(), long]);
  }
  return entries;
}

/** As objects have them: names are unique and the integers among them come first. */
const asObject = (entries) =>
  Object.fromEntries(entries.filter((entry) => entry.length === 2 && Array.isArray(entry)));

/**
 * propagation.md 3.3 (delta): no leading comma. The peer writes one, and counts it, when the
 * first member was skipped; it does not when that one was never there.
 */
const noLeadingComma = (lengthOf) => ({
  name: 'no leading comma',
  input(entries) {
    const kept = Object.entries(asObject(entries));
    const first = kept.findIndex(([key, value]) => lengthOf(key, value) <= LIMIT);
    if (first === 0) return entries;
    return first < 0 ? [] : kept.slice(first);
  },
});

const encodedLength = (key, value) =>
  encodeURIComponent(key).length + 1 + encodeURIComponent(value).length;

const writing = (name, share, write, lengthOf) => ({
  name,
  share,
  make: someEntries,
  ask: (entries) => Object.entries(asObject(entries)).flat(),
  read: (fields) => fields.text(),
  peer: (entries) => write(asObject(entries)) ?? null,
  rules: [loneSurrogates, noLeadingComma(lengthOf)],
});

export const writtenDsc = writing(
  'written dsc',
  7,
  core.dynamicSamplingContextToSentryBaggageHeader,
  // Entries without a value never get as far as being counted.
  (key, value) => (value === '' ? Infinity : encodedLength(`sentry-${key}`, value)),
);

export const writtenMembers = writing(
  'written members',
  3,
  core.objectToBaggageHeader,
  encodedLength,
);

const MOST_MEMBERS = 64;

const membersIn = (header) =>
  header.split(',').filter((member) => /[^\t\n\f\r \u00a0]/.test(member)).length;

/** A header of the application, sometimes near one of the limits. */
function someExisting(random) {
  return random.choose([
    [6, () => someBaggage(random).replaceAll('sentry-', random.of(['vendor-', 'sentry-', 'x']))],
    [1, () => random.times(55, 66, () => 'k=v').join(',')],
    [
      1,
      () =>
        random.times(1, 3, () => 'k=v').join(',') +
        ',long='.padEnd(LIMIT - random.between(0, 200), 'v'),
    ],
    [1, () => 'l='.padEnd(Math.floor(LIMIT / 3) - random.between(0, 60), '€')],
    [1, () => noise(random, alphabet)],
  ]);
}

const oursOf = ({ entries }) =>
  core.dynamicSamplingContextToSentryBaggageHeader(asObject(entries)) ?? '';

const isOnly = (text, other) => text === other || (!text && !other);

/** In words, so that rules need not repeat long texts. */
function described(result, { existing, entries }) {
  const ours = oursOf({ entries });
  if (isOnly(result, existing)) return 'theirs';
  if (isOnly(result, ours)) return 'ours';
  return result === `${existing},${ours}` ? 'joined' : result;
}

export const joinedBaggage = {
  name: 'joined baggage',
  share: 8,
  make: (random) => ({
    existing: mixed(random, () => someExisting(random), corpus, alphabet),
    entries: random
      .times(0, 4, () => [random.of(names), random.text('abc019 €', 0, 9)])
      .filter(([name]) => name !== '__proto__'),
  }),
  ask: (input) => [input.existing, oursOf(input)],
  read: (fields, { existing, entries }) =>
    described(fields.text(), { existing: existing.toWellFormed(), entries }),
  peer: (input) => described(requestBaggage(input.existing, asObject(input.entries)), input),
  rules: [
    loneSurrogates,
    {
      // propagation.md 3.4: the trimmed text of a member, with ASCII white space.
      name: 'white space',
      input: ({ existing, ...rest }) => ({
        ...rest,
        existing: existing
          .split(',')
          .map((member) => member.replace(/^([\t\n\f\r \u00a0]*)(?![\t\n\f\r \u00a0])\s/, '$1x'))
          .join(','),
      }),
    },
    {
      // propagation.md 3.4 (delta): the combination may have 8192 bytes and 64 members.
      name: 'limits of a joined header',
      answer(words, { existing, entries }) {
        if (words !== 'joined') return words;
        const ours = oursOf({ entries });
        const bytes = Buffer.byteLength(existing) + 1 + ours.length;
        const members = membersIn(existing) + membersIn(ours);
        return bytes > LIMIT || members > MOST_MEMBERS ? 'theirs' : words;
      },
    },
  ],
};
