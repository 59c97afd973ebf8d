// Transactions in; a flat list of spans, the way up from one of them, and a tree of text out.

/**
 * @typedef {object} Span
 * @property {string} traceId
 * @property {string} id
 * @property {string | undefined} parentId
 * @property {string} service who recorded it: `browser`, or the name of a service
 * @property {string} op
 * @property {string} name
 * @property {boolean} root whether it is a transaction
 * @property {number} start in seconds
 * @property {number} end
 */

/**
 * @param {import('./viewer/stream.mjs').Transaction[]} transactions
 * @returns {Span[]}
 */
export function spansOf(transactions) {
  return transactions.flatMap((transaction) => {
    const { contexts, server_name: server, tags } = transaction;
    const named = tags?.['service.name'] ?? contexts.trace.data?.['service.name'];
    const service = String(server ?? named ?? 'browser');
    const toSpan = (fields, name, times, root) => ({
      traceId: fields.trace_id,
      id: fields.span_id,
      parentId: fields.parent_span_id,
      service,
      op: fields.op ?? '',
      name: name ?? '',
      root,
      start: times.start_timestamp,
      end: times.timestamp,
    });
    return [
      toSpan(transaction.contexts.trace, transaction.transaction, transaction, true),
      ...transaction.spans.map((span) => toSpan(span, span.description, span, false)),
    ];
  });
}

/** Transactions, requests and what the page marked itself; not each middleware and paint. */
function tells(span) {
  return span.root || span.op === 'http.client' || span.op.startsWith('ui.action');
}

/** The nearest ancestor that tells something. */
function parentIn(spans, span) {
  const parent = spans.find(({ traceId, id }) => traceId === span.traceId && id === span.parentId);
  return !parent || tells(parent) ? parent : parentIn(spans, parent);
}

/**
 * The way from a span up to where its trace began, as `service op < service op < …`.
 *
 * @param {Span[]} spans
 * @param {Span | undefined} span
 * @returns {string}
 */
export function lineage(spans, span) {
  const steps = [];
  for (let at = span; at; at = parentIn(spans, at)) steps.push(`${at.service} ${at.op}`);
  return steps.join(' < ');
}

/**
 * @param {Span[]} spans of any number of traces
 * @param {string} traceId
 * @returns {string}
 */
export function drawTrace(spans, traceId) {
  const shown = spans
    .filter((span) => span.traceId === traceId && tells(span))
    .sort((a, b) => a.start - b.start);
  const lines = [`trace ${traceId}`];

  const draw = (parent, indent) => {
    const children = shown.filter((span) => parentIn(spans, span) === parent);
    children.forEach((span, index) => {
      const last = index === children.length - 1;
      const what = `${indent}${last ? '└─' : '├─'} ${span.service.padEnd(8)} ${span.name}`;
      const time = `${Math.round((span.end - span.start) * 1000)} ms`;
      lines.push(`${what.padEnd(66)} ${span.op.padEnd(15)} ${time.padStart(7)}  ${span.id}`);
      draw(span, indent + (last ? '   ' : '│  '));
    });
  };
  draw(undefined, '');
  return lines.join('\n');
}
