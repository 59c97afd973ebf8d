import type { LocalServer, Received } from './server.js';

export interface SpanPayload {
  trace_id: string;
  span_id: string;
  parent_span_id?: string;
  op?: string;
  status?: string;
  description?: string;
  data: Record<string, unknown>;
}

export interface Transaction {
  type: 'transaction';
  transaction: string;
  contexts: { trace: SpanPayload };
  spans: SpanPayload[];
  [member: string]: unknown;
}

export interface Envelope {
  header: Record<string, unknown>;
  items: { header: { type: string }; payload: unknown }[];
}

/** Reads an envelope of JSON items (envelope.md section 2). */
export function parseEnvelope(text: string): Envelope {
  const [header = '{}', ...lines] = text.split('\n').map((line) => JSON.parse(line));
  const items: Envelope['items'] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) {
    items.push({ header: lines[i], payload: lines[i + 1] });
  }
  return { header, items };
}

function transactionOf({ method, body }: Received): Transaction | undefined {
  if (method !== 'POST' || !body) return undefined;
  const { items } = parseEnvelope(body);
  return items.find(({ header }) => header.type === 'transaction')?.payload as Transaction;
}

/** The first transaction of that operation that the collector receives. */
export async function transactionOfOp(collector: LocalServer, op: string): Promise<Transaction> {
  const hasIt = (request: Received): boolean => transactionOf(request)?.contexts.trace.op === op;
  return transactionOf(await collector.received(hasIt))!;
}

/** The first so many transactions that the collector receives, in their order. */
export async function transactionsOf(
  collector: LocalServer,
  count: number,
): Promise<Transaction[]> {
  const all = (): Transaction[] =>
    collector.seen.map(transactionOf).filter((transaction) => transaction !== undefined);
  await collector.received(() => all().length >= count);
  return all().slice(0, count);
}

export interface ErrorEvent {
  event_id: string;
  level: string;
  message?: string;
  transaction?: string;
  exception?: {
    values: {
      type: string;
      value: string;
      mechanism: Record<string, unknown>;
      stacktrace?: { frames: Record<string, unknown>[] };
    }[];
  };
  contexts: { trace: Pick<SpanPayload, 'trace_id' | 'span_id' | 'parent_span_id'> };
  [member: string]: unknown;
}

/** The error or message of that text, with the header of its envelope. */
export async function errorOf(
  collector: LocalServer,
  text: string,
): Promise<{ header: Record<string, unknown>; event: ErrorEvent }> {
  const isIt = ({ message, exception }: ErrorEvent): boolean =>
    message === text || exception?.values.at(-1)?.value === text;
  const find = ({ method, body }: Received): ReturnType<typeof parseEnvelope> | undefined => {
    const envelope = method === 'POST' && body ? parseEnvelope(body) : undefined;
    const item = envelope?.items.find(({ header }) => header.type === 'event');
    return item && isIt(item.payload as ErrorEvent) ? envelope : undefined;
  };
  const { header, items } = find(await collector.received((request) => !!find(request)))!;
  return { header, event: items[0]!.payload as ErrorEvent };
}
