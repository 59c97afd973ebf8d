// Takes the envelopes of a server, and answers the requests that it makes. Counts, keeps nothing.
import { createServer } from 'node:http';

/** What an envelope tells: a transaction, or how many were lost. */
function countIn(text, counts) {
  const [, header, payload] = text.split('\n');
  const { type } = JSON.parse(header);
  if (type === 'transaction') counts.transactions++;
  if (type !== 'client_report') return;
  for (const { category, quantity } of JSON.parse(payload).discarded_events) {
    if (category === 'transaction') counts.lost += quantity;
  }
}

/** @returns `dsn`, `backend` (a URL), `counts` of transactions, lost ones and requests, and `close`. */
export async function startServerReceiver() {
  const counts = { transactions: 0, lost: 0, traced: 0 };
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      if (request.headers['sentry-trace'] && request.headers.baggage) counts.traced++;
      response.end('{}');
      return;
    }
    if (!request.url.includes('/envelope/')) {
      // Spans of OpenTelemetry.
      request.resume();
      response.setHeader('content-type', 'application/json').end('{}');
      return;
    }
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      countIn(Buffer.concat(parts).toString(), counts);
      response.end('{}');
    });
  });
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    dsn: `http://public@127.0.0.1:${port}/1`,
    backend: `http://127.0.0.1:${port}/`,
    counts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
