// What the targets of libFuzzer start from: the tables of tests/cases, in the form in which each
// target takes its input apart (tests/fuzz/support/input.h).
import { casesOf, corpusOf } from './corpus.mjs';

const END = Buffer.from([0xff]);

/** Texts one behind the other, each with its end; bytes as they are. */
const input = (...parts) =>
  Buffer.concat(
    parts.flatMap((part) => (typeof part === 'string' ? [Buffer.from(part), END] : [part])),
  );

const bytes = (...values) => Buffer.from(values);
const asText = (value) => (typeof value === 'string' ? value : '');
const whole = (...kinds) => corpusOf(...kinds).map((text) => Buffer.from(text));
const pairs = (texts) => texts.map((text, at) => input(text, texts.at(at - 1)));
const given = (...kinds) => kinds.flatMap(casesOf).map((testCase) => testCase.in);

const double = (value) => {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleLE(value);
  return buffer;
};

const rates = () => given('sampling').flatMap(({ rate }) => (rate === undefined ? [] : [rate]));

/** By the name of the target. */
export const seeds = {
  baggage: () => whole('baggage', 'meta-tags'),
  dsn: () =>
    given('dsn').map(({ dsn, url, tunnel }) => input(asText(dsn), asText(url), asText(tunnel))),
  header_texts: () =>
    whole('baggage').map((text) => Buffer.concat([Buffer.alloc(24, 0x5a), bytes(1, 1), text])),
  incoming: () =>
    given('sampling', 'meta-tags', 'traceparent').map(({ sentryTrace, baggage, parse }) =>
      input(asText(sentryTrace), asText(baggage), '42', asText(parse), bytes(0, 1, 0x80, 0)),
    ),
  joined_baggage: () =>
    given('baggage').map(({ existing, sentry, parse }) =>
      input(asText(existing ?? parse), asText(sentry) || 'sentry-trace_id=1,sentry-sampled=true'),
    ),
  json: () => corpusOf('baggage', 'urls').map((text) => input(double(0.5), text, text)),
  // Three options: one of the client, a rate, an entry of a list.
  options: () =>
    corpusOf('dsn', 'targets').map((text, at) =>
      input(bytes(3, at % 13, 3, 1, 50), text, bytes(4, 2, 1, 25), '', bytes(0x25, 3, 1, 0), text),
    ),
  percent: () => whole('baggage'),
  rate: () =>
    rates().map((rate) => Buffer.concat([double(Number(rate)), Buffer.from(String(rate))])),
  sanitise: () => pairs(corpusOf('urls', 'dsn')),
  sentry_trace: () => whole('sentry-trace', 'meta-tags'),
  targets: () =>
    given('targets').map(({ page, targets, urls }) => {
      const patterns = (targets ?? []).map((target) =>
        typeof target === 'string' ? target : `^${asText(target?.regex)}`,
      );
      const requests = urls.flatMap((url) => [asText(url), 'https://app.example.com/resolved']);
      return input(
        ...[bytes(targets ? 1 : 0), asText(page), asText(page)],
        ...[bytes(patterns.length), ...patterns, ...requests],
      );
    }),
  traceparent: () => whole('traceparent'),
  url: () => pairs(corpusOf('urls', 'targets')),
};
