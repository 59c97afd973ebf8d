// Names for what is drawn by chance or given by the machine, so that two runs can be compared and
// relations stay visible: the same trace, the parent of a span, the span that a header names.

const ID = /(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{16})(?![0-9a-f])/g;
const RANDOM = /(sentry-sample_rand=)([^,;\s]+)/g;
/** Plain or, as the peer writes tiny ones, with an exponent; from 0 to below 1. */
const BELOW_ONE = /^(0(\.\d+)?|\d(\.\d+)?e-\d+)$/;

/** Names by order of appearance; texts of the scenario keep theirs. */
function namer(prefix, source) {
  const names = new Map();
  return (text) => {
    if (source.includes(text)) return text;
    if (!names.has(text)) names.set(text, `${prefix}${names.size}`);
    return names.get(text);
  };
}

/**
 * Spans that were sent are named after their place: `span0` is a root, `span0.1` below it, `streamed2`
 * was sent by itself.
 */
function spanNames({ transactions, streamed }) {
  const names = new Map();
  streamed.forEach(({ span_id: id }, at) => names.set(id, `streamed${at}`));
  transactions.forEach(({ trace, spans }, at) => {
    names.set(trace.span_id, `span${at}`);
    spans.forEach(({ span_id: id }, index) => names.set(id, `span${at}.${index}`));
  });
  return names;
}

/** Changes all texts, members in the order of their names: names go by order of appearance. */
function mapTexts(value, change, key) {
  if (typeof value === 'string') return change(value, key);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((part) => mapTexts(part, change));
  const members = Object.keys(value).sort();
  return Object.fromEntries(members.map((name) => [name, mapTexts(value[name], change, name)]));
}

/** @param transcript its transactions come first, and say most about what is what */
function maskIds(transcript, source) {
  const sent = spanNames(transcript);
  const trace = namer('trace', source);
  const span = namer('unsent', source);
  const random = namer('random', source);
  const nameOf = (id) => (id.length === 32 ? trace(id) : (sent.get(id) ?? span(id)));
  const nameOfRandom = (value) => (BELOW_ONE.test(value) ? random(value) : value);
  const change = (text, key) =>
    key === 'sample_rand'
      ? nameOfRandom(text)
      : text
          .replace(RANDOM, (_, before, value) => before + nameOfRandom(value))
          .replace(ID, nameOf);
  return Object.fromEntries(
    Object.entries(transcript).map(([part, value]) => [part, mapTexts(value, change)]),
  );
}

/** Addresses of this run's servers, and what names the side. */
function maskHosts(transcript, hosts) {
  const change = (text) =>
    Object.entries(hosts)
      .reduce((changed, [name, host]) => changed.replaceAll(host, name), text)
      .replace(/sentry_client=[^"&]*/g, 'sentry_client=…');
  const maskKeys = (groups) =>
    Object.fromEntries(Object.entries(groups).map(([key, group]) => [change(key), group]));
  const masked = mapTexts(transcript, change);
  return { ...masked, requests: maskKeys(masked.requests) };
}

/** As JSON holds it, and comparable. `source`: ids and numbers that stand in it keep their text. */
export const mask = (transcript, { hosts, source }) =>
  maskHosts(maskIds(JSON.parse(JSON.stringify(transcript)), source), hosts);
