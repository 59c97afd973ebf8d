// The server of all pages: serves them, answers their requests, takes their envelopes, and
// remembers what reached it, by page.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 5;
const ANSWER = '{"ok":true}';
const SENTRY_TRACE = /^[0-9a-f]{32}-([0-9a-f]{16})(?:-([01]))?$/;

/** What one page sent since it was last looked at. */
class Inbox {
  /** What each request carried. */
  requests = [];
  /** One entry per transaction: how many spans it tells about, and the ids of its requests. */
  transactions = [];

  /** Everything so far; the inbox is empty afterwards. */
  take() {
    const { requests, transactions } = this;
    this.requests = [];
    this.transactions = [];
    return {
      requests,
      spanIds: transactions.flatMap((transaction) => transaction.spanIds),
      spanCounts: transactions.map(({ spans }) => spans),
    };
  }

  /** @returns whether that many transactions came in time. */
  async holds(count, timeoutMs) {
    const end = Date.now() + timeoutMs;
    while (this.transactions.length < count && Date.now() < end) await sleep(POLL_MS);
    return this.transactions.length >= count;
  }
}

/** For each transaction in an envelope, as `Inbox.transactions` has it. */
function transactionsIn(envelope) {
  const lines = envelope.split('\n');
  const transactions = [];
  for (let i = 1; i + 1 < lines.length; i += 2) {
    if (JSON.parse(lines[i] || '{}').type !== 'transaction') continue;
    const spans = JSON.parse(lines[i + 1]).spans ?? [];
    const spanIds = spans.filter(({ op }) => op === 'http.client').map((span) => span.span_id);
    transactions.push({ spans: spans.length, spanIds });
  }
  return transactions;
}

/** What a request carried; members are undefined when it carried nothing usable. */
function carried({ headers }) {
  const match = SENTRY_TRACE.exec(headers['sentry-trace'] ?? '');
  return {
    spanId: match?.[1],
    sampled: match?.[2],
    hasBaggage: (headers.baggage ?? '').includes('sentry-trace_id='),
  };
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * Listens on loopback.
 *
 * - `/page/N` and `/script/N/I`: page N and its scripts, as `addPage` got them
 * - `/data/N/…`: a short JSON answer
 * - `/api/N/envelope/`: where the DSN of page N points
 */
export async function startReceiver() {
  const pages = [];

  const answer = (response, type, text) => {
    response.writeHead(200, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      // Isolated pages have a clock of 5 instead of 100 microseconds.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(text);
  };

  const server = createServer((request, response) => {
    const [, kind, index, part] = request.url.split('/');
    const page = pages[Number(index)];
    if (!page) {
      response.writeHead(404).end();
    } else if (kind === 'data') {
      page.inbox.requests.push(carried(request));
      answer(response, 'application/json', ANSWER);
    } else if (kind === 'api') {
      void textOf(request).then((text) => {
        page.inbox.transactions.push(...transactionsIn(text));
        // As Sentry answers: without a ban on caching. Under one, Chromium counts a keepalive
        // request as in flight until its answer was read, and senders that never read it fail.
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    } else if (kind === 'script') {
      answer(response, 'text/javascript', page.scripts[Number(part)]);
    } else {
      answer(response, 'text/html', page.html);
    }
  });
  // No connection may end between two rounds.
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;

  return {
    /**
     * @param options.scripts texts; they run in order, then the contender is started.
     * @param options.tracesSampleRate nothing: none is configured
     * @param options.decoys how many targets stand before the one that matches
     */
    addPage({ scripts, tracesSampleRate, decoys }) {
      const index = pages.length;
      const options = {
        dsn: `${origin.replace('://', '://0123456789abcdef0123456789abcdef@')}/${index}`,
        target: `${origin}/data/`,
        tracesSampleRate,
        decoys,
      };
      const html = `<!doctype html>
<title>bench</title>
<link rel="icon" href="data:," />
<script>
globalThis.problems = [];
addEventListener('error', ({ message }) => problems.push(message));
console.error = (...values) => problems.push(values.join(' '));
</script>
${scripts.map((_, part) => `<script src="/script/${index}/${part}"></script>`).join('\n')}
<script>contender.init(${JSON.stringify(options)});</script>
`;
      const inbox = new Inbox();
      pages.push({ html, scripts, inbox });
      return { url: `${origin}/page/${index}`, data: `/data/${index}`, inbox };
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
