import { current, type Client } from './client.js';

/** The running client. */
export function getClient(): Client | undefined {
  return current();
}

/** As `flush` of the client; true when there is none. */
export function flush(timeout?: number): Promise<boolean> {
  return current()?.flush(timeout) ?? Promise.resolve(true);
}

/** As `close` of the client; true when there is none. */
export function close(timeout?: number): Promise<boolean> {
  return current()?.close(timeout) ?? Promise.resolve(true);
}
