// Follows what the viewer received. `GET /stream` replays everything it holds, then goes on.

/**
 * A transaction as it arrived, whoever sent it.
 *
 * @typedef {object} Transaction
 * @property {string} transaction its name
 * @property {string} platform
 * @property {string} [server_name]
 * @property {Record<string, string>} [tags]
 * @property {number} start_timestamp
 * @property {number} timestamp
 * @property {{ trace: SpanFields }} contexts
 * @property {(SpanFields & { description?: string, start_timestamp: number, timestamp: number })[]} spans
 *
 * @typedef {object} SpanFields
 * @property {string} trace_id
 * @property {string} span_id
 * @property {string} [parent_span_id]
 * @property {string} [op]
 * @property {Record<string, unknown>} [data]
 */

/**
 * @param {string} viewer its address
 * @param {(transaction: Transaction) => void} onTransaction
 * @returns {Promise<() => void>} once connected; call it to stop
 */
export async function followViewer(viewer, onTransaction) {
  const stop = new AbortController();
  const response = await fetch(`${viewer}/stream`, { signal: stop.signal });
  readLines(response.body, (line) => {
    if (!line.startsWith('data:')) return;
    const [, items] = JSON.parse(line.slice('data:'.length));
    for (const [header, payload] of items) {
      if (header.type === 'transaction') onTransaction(payload);
    }
  }).catch((error) => {
    if (!stop.signal.aborted) console.error(`The viewer's stream broke: ${error.message}`);
  });
  return () => stop.abort();
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {(line: string) => void} onLine
 */
async function readLines(body, onLine) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    lines.forEach(onLine);
  }
}
