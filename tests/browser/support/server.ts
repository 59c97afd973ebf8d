import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as a server got it. */
export interface Received {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Instead of a body: each is sent when it comes, and the answer ends with the last. */
  pieces?: AsyncIterable<string>;
}

/** A server on a free port of the loopback that remembers what it received. */
export interface LocalServer {
  readonly origin: string;
  readonly seen: readonly Received[];
  /**
   * The first request that `matches`, now or within twenty seconds. A text is the path, and leaves
   * out preflights.
   */
  received(matches: string | ((request: Received) => boolean)): Promise<Received>;
  close(): Promise<void>;
}

const PATIENCE_MS = 20_000;

async function sendInPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string>,
): Promise<void> {
  for await (const piece of pieces) response.write(piece);
  response.end();
}

/** @param answer what to say to a request; without one it is 200 and `{}`. */
export async function listen(
  answer: (request: Received) => Answer | undefined,
): Promise<LocalServer> {
  const seen: Received[] = [];
  const waiting = new Set<() => void>();

  const onRequest: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const received = { method, path: url, headers, body: Buffer.concat(parts).toString() };
      seen.push(received);
      const { status = 200, headers: extra, body = '{}', pieces } = answer(received) ?? {};
      response.writeHead(status, { 'content-type': 'application/json', ...extra });
      if (pieces) void sendInPieces(response, pieces);
      else response.end(body);
      for (const look of waiting) look();
    });
  };

  const server = createServer(onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    received: (wanted) => {
      const matches =
        typeof wanted === 'function'
          ? wanted
          : ({ method, path }: Received) => path === wanted && method !== 'OPTIONS';
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = seen.find(matches);
          if (!found) return;
          clearTimeout(patience);
          waiting.delete(look);
          resolve(found);
        };
        const patience = setTimeout(() => {
          waiting.delete(look);
          const paths = seen.map(({ method, path }) => `${method} ${path}`).join(', ');
          reject(new Error(`${String(wanted)} never arrived; what did: ${paths}`));
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
