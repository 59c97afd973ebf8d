import type { Client } from '../index.js';
import type { MadeEvent } from './exception.js';

/** What the last event of a client said. */
const last = new WeakMap<Client, string>();

/** Whether the event says the same as the one before it, from the same place. */
export function isRepeated(
  { message, exception, fingerprint }: MadeEvent,
  client: Client,
): boolean {
  const values = exception?.values ?? [];
  if (!message && !values.length) return false;
  const [first] = values;
  const frames = values.map(({ stacktrace }) => stacktrace);
  const text = JSON.stringify([message, first?.type, first?.value, fingerprint, frames]);
  if (text === last.get(client)) return true;
  last.set(client, text);
  return false;
}
