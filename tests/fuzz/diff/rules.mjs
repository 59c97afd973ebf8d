// The differences to the peer that the specification wants, as far as several families share them.
//
// A rule says what the core has to answer, not merely that it may differ: `input` turns an input
// into one for which the peer gives that answer, `answer` turns the peer's answer into it. All
// rules of a family are applied to all its inputs; one that changes nothing does not apply. So
// the core fails as well when it answers like the peer where a rule holds.
import { core } from './peer.mjs';

// Of the header readers and of everything written below them in propagation.md 3.2: "ASCII white
// space, here and below"; the no-break space counts as such (vector bg-019).
const blank = '[\\t\\n\\f\\r \\u00a0]';
const blankEnds = new RegExp(`^${blank}+|${blank}+$`, 'g');
const trimmed = (text) => text.replace(blankEnds, '');

/** Texts anywhere in a value, changed by `change`. */
function mapTexts(value, change) {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((part) => mapTexts(part, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, mapTexts(part, change)]),
  );
}

/**
 * propagation.md 3.3 (delta): lone surrogates are U+FFFD; the peer throws when it has to write
 * one. Nothing else crosses into the core (spec/README.md, `{utf16}`).
 */
export const loneSurrogates = {
  name: 'lone surrogates',
  input: (input) => mapTexts(input, (text) => text.toWellFormed()),
};

/** Changes the key and the value of each member of a header, both trimmed. */
const mapMembers = (header, change) =>
  header
    .split(',')
    .map((member) => {
      const equals = member.indexOf('=');
      if (equals < 0) return member;
      const [key, value] = [member.slice(0, equals), member.slice(equals + 1)].map(trimmed);
      return `${change(key)}=${change(value)}`;
    })
    .join(',');

const isWholePercent = (text) => !/%(?![0-9a-f]{2})/i.test(text);

const octets = new TextDecoder('utf-8', { ignoreBOM: true });

/** Percent-decoding as in the Encoding Standard's UTF-8 decoder, by the host's own decoder. */
function decodedWithReplacements(text) {
  const raw = Buffer.from(text, 'utf8').toString('latin1');
  const bytes = raw.replace(/%(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return octets.decode(Buffer.from(bytes, 'latin1'));
}

function decodes(text) {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** propagation.md 3.2 (delta): a member ends at its first semicolon; the peer keeps the rest. */
const withoutProperties = (header) =>
  header
    .split(',')
    .map((member) => member.split(';', 1)[0])
    .join(',');

/**
 * propagation.md 3.2 (delta): octets that are not UTF-8 become U+FFFD each; the peer drops the
 * member. Both drop one with a "%" that is not followed by two hex digits.
 */
const withReplacements = (header) =>
  mapMembers(header, (text) =>
    isWholePercent(text) && !decodes(text)
      ? encodeURIComponent(decodedWithReplacements(text))
      : text,
  );

/**
 * propagation.md 3.2: only ASCII white space is trimmed; the peer trims whatever JavaScript
 * counts as white space. Encoded it is safe from that.
 */
const withOtherSpaceKept = (header) =>
  mapMembers(header, (text) =>
    text === text.trim() ? text : text.replace(/\s/g, encodeURIComponent),
  );

/** The rules about reading `baggage`; `at` applies a function to the headers of an input. */
export const baggageRules = (at) => [
  { name: 'properties', input: (input) => at(input, withoutProperties) },
  { name: 'white space', input: (input) => at(input, withOtherSpaceKept) },
  { name: 'invalid percent sequences', input: (input) => at(input, withReplacements) },
];

/**
 * A member named `__proto__`: the peer gathers members in an object and loses this one there.
 * propagation.md 3.2 names no such exception.
 *
 * @param header what the other rules made of it: the peer reads all members but this one
 * @returns its value, or nothing
 */
export function valueOfProto(header, name) {
  let found;
  for (const member of header.split(',')) {
    const equals = member.indexOf('=');
    if (equals < 0) continue;
    // Under another name the peer does not lose it.
    const [key, value] = [member.slice(0, equals), member.slice(equals)];
    if (!/proto/i.test(key) && !key.includes('%')) continue;
    const marked = core.parseBaggageHeader(`${key.trim()}x${value}`) ?? {};
    if (Object.hasOwn(marked, `${name}x`)) found = marked[`${name}x`];
  }
  return found;
}

const isZero = (id) => typeof id === 'string' && /^0+$/.test(id);

/** propagation.md 2 (delta): an all-zero trace id or span id makes the header malformed. */
export const hasZeroId = ({ traceId, parentSpanId }) => isZero(traceId) || isZero(parentSpanId);

/**
 * propagation.md 3.2 and 7.2: white space in front of a number is ASCII white space; parseFloat
 * also skips what else JavaScript counts as such.
 */
export const isNumberBehindOtherSpace = (text) => /^[\t\n\f\r ]*(?![\t\n\f\r ])\s/.test(text);

/** More digits than a double holds, or a power of ten that is none exactly. */
const hasLongNumber = (text) =>
  [...text.matchAll(/(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?/gi)].some(
    ([, whole, fraction = '', exponent = '0']) =>
      `${whole}${fraction}`.replace(/^0+/, '').length > 15 ||
      Math.abs(Number(exponent) - fraction.length) > 22,
  );

/**
 * base/text.h, leading_number: the last bits may differ where a number is written with more than
 * 15 digits (tables compare numbers with 2e-6). Nothing else of the answers may.
 */
export function differsInLastBits(text, ours, required) {
  if (!hasLongNumber(text)) return false;
  const near = (a, b) =>
    Math.abs(a - b) <= 4 * Number.EPSILON * Math.max(a, b) + 4 * Number.MIN_VALUE;
  // What is above 1 is no rate: one may see it there, the other just below.
  return near(ours ?? 1, required ?? 1);
}
