// Names for what is drawn by chance or given by the machine, so that two runs can be compared and
// relations stay visible: the same trace, the parent of a span, the span that a header names.

const ID = /(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{16})(?![0-9a-f])/g;
const RANDOM = /(sentry-sample_rand=|"sample_rand":"?)([^",;&\s]+)/g;
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

/** Spans that were sent are named after their place: `span0` is a root, `span0.1` below it. */
function spanNames(transactions) {
  const names = new Map();
  transactions.forEach(({ trace, spans }, at) => {
    names.set(trace.span_id, `span${at}`);
    spans.forEach(({ span_id: id }, index) => names.set(id, `span${at}.${index}`));
  });
  return names;
}

/** Members in the order of their names: the order of names must not depend on who wrote them. */
function ordered(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(ordered);
  const members = Object.keys(value).sort();
  return Object.fromEntries(members.map((name) => [name, ordered(value[name])]));
}

/** @param transcript its transactions come first, and say most about what is what */
export function maskIds(transcript, source) {
  const sent = spanNames(transcript.transactions);
  const trace = namer('trace', source);
  const span = namer('unsent', source);
  const random = namer('random', source);
  const nameOf = (id) => (id.length === 32 ? trace(id) : (sent.get(id) ?? span(id)));
  const parts = Object.entries(transcript).map(([name, part]) => [name, ordered(part)]);
  const text = JSON.stringify(Object.fromEntries(parts))
    .replace(RANDOM, (whole, before, value) =>
      BELOW_ONE.test(value) ? before + random(value) : whole,
    )
    .replace(ID, nameOf);
  return JSON.parse(text);
}

const escaped = (text) => text.replace(/[.:]/g, '\\$&');

/** Addresses of this run's servers, and what names the side. */
export function maskTexts(transcript, hosts) {
  let text = JSON.stringify(transcript);
  for (const [name, host] of Object.entries(hosts)) {
    text = text.replace(new RegExp(escaped(host), 'g'), name);
  }
  return JSON.parse(text.replace(/sentry_client=[^"&]*/g, 'sentry_client=…'));
}
