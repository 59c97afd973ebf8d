import { openClient, type Client } from '../../../js/api/client.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { SpanJSON, TransactionEvent } from '../../../js/api/shaping.js';
import { close, getClient, startInactiveSpan, startSpan } from '../../../js/index.js';
import { startBuilt } from '../support/built.js';
import { hostWithoutPage } from '../support/host.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
let sent: string[];
let client: Client;

beforeEach(() => warn.mockClear());
afterEach(() => close());

/** Starts a client, and sends a transaction with two spans through it. */
function send(options: Partial<ClientOptions>): Promise<boolean> {
  sent = [];
  const recording = recordingBy((_url, body) => {
    sent.push(new TextDecoder().decode(body));
    return Promise.resolve(200);
  });
  client = openClient(hostWithoutPage({ recording_: recording }), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    debug: true,
    ...options,
  })!;
  warn.mockClear();
  startSpan({ name: 'work', op: 'task' }, () => {
    startInactiveSpan({ name: 'first' }).end();
    startInactiveSpan({ name: 'second' }).end();
  });
  return client.flush();
}

const itemsOf = (type: string): unknown[] =>
  sent
    .map((text) => text.split('\n'))
    .filter(([, item]) => item === JSON.stringify({ type }))
    .map(([, , payload]) => JSON.parse(payload!) as unknown);
const transactions = () => itemsOf('transaction') as TransactionEvent[];

/** Quantities by `reason/category` of the client report that comes last. */
async function losses(): Promise<Record<string, number>> {
  await client.close();
  const [report] = itemsOf('client_report') as [
    { discarded_events: { reason: string; category: string; quantity: number }[] } | undefined,
  ];
  const rows = report?.discarded_events ?? [];
  return Object.fromEntries(
    rows.map(({ reason, category, quantity }) => [`${reason}/${category}`, quantity]),
  );
}

describe('beforeSendTransaction', () => {
  it('decides what is sent', async () => {
    await send({ beforeSendTransaction: (event) => ({ ...event, tags: { team: 'shop' } }) });
    expect(transactions()).toMatchObject([{ transaction: 'work', tags: { team: 'shop' } }]);
    expect(await losses()).toEqual({});
  });

  it('may take its time', async () => {
    await send({ beforeSendTransaction: (event) => Promise.resolve({ ...event, late: true }) });
    expect(transactions()).toMatchObject([{ transaction: 'work', late: true }]);
  });

  it('drops one by null, which is counted with its spans', async () => {
    await send({ beforeSendTransaction: () => null });
    expect(sent).toEqual([]);
    expect(await losses()).toEqual({ 'before_send/transaction': 1, 'before_send/span': 3 });
    expect(warn).not.toHaveBeenCalled();
  });

  it.each<[string, () => never]>([
    [
      'throws',
      () => {
        throw new Error('of the page');
      },
    ],
    ['rejects', () => Promise.reject(new Error('of the page')) as never],
    ['returns no event', () => 'nonsense' as never],
  ])('that %s drops one, says so, and disturbs nobody', async (_, beforeSendTransaction) => {
    await send({ beforeSendTransaction });
    expect(transactions()).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await losses()).toEqual({ 'before_send/transaction': 1, 'before_send/span': 3 });
  });

  it('may answer by what is no whole promise', async () => {
    await send({
      beforeSendTransaction: (event) =>
        ({
          then(done: (event: TransactionEvent) => void) {
            done({ ...event, late: true });
          },
        }) as never,
    });
    expect(transactions()).toMatchObject([{ late: true }]);
  });

  it('may take spans away, which are counted', async () => {
    await send({
      beforeSendTransaction: (event) => ({ ...event, spans: event.spans.slice(1) }),
    });
    expect(transactions()[0]!.spans).toMatchObject([{ description: 'second' }]);
    expect(await losses()).toEqual({ 'before_send/span': 1 });
  });

  it('that renames one makes its name a custom one', async () => {
    await send({
      beforeSendTransaction: (event) => ({
        ...event,
        transaction: 'renamed',
        transaction_info: { source: 'url' },
      }),
    });
    expect(transactions()).toMatchObject([
      { transaction: 'renamed', transaction_info: { source: 'custom' } },
    ]);
  });

  it('sees no client report', async () => {
    const beforeSendTransaction = jest.fn(() => null);
    await send({ beforeSendTransaction });
    await losses();
    expect(beforeSendTransaction).toHaveBeenCalledTimes(1);
  });
});

it('a pattern of ignoreTransactions that fails drops one, which is counted', async () => {
  await send({ ignoreTransactions: [Object.create(null) as string] });
  expect(transactions()).toEqual([]);
  expect(await losses()).toEqual({ 'before_send/transaction': 1, 'before_send/span': 3 });
});

it('a core that fails while it sends is off, and no rejection reaches the page', async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => {
    rejections.push(reason);
  };
  process.on('unhandledRejection', note);
  const module = startBuilt();
  module.raw.tl_endpoint = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const recording = recordingBy(() => Promise.resolve(200));
  openClient(hostWithoutPage({ recording_: recording, startModule: () => module }), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
  });
  startInactiveSpan({ name: 'work' }).end();
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
  expect(getClient()).toBeUndefined();
});

describe('beforeSendSpan', () => {
  it('sees the root and every span', async () => {
    const seen: Partial<SpanJSON>[] = [];
    await send({
      beforeSendSpan(span) {
        seen.push({ description: span.description!, is_segment: span['is_segment'] });
        return span;
      },
    });
    expect(seen).toEqual([
      { description: 'work', is_segment: true },
      { description: 'first', is_segment: undefined },
      { description: 'second', is_segment: undefined },
    ]);
    expect(transactions()[0]!.contexts.trace).not.toHaveProperty('is_segment');
  });

  it('changes what is sent of them', async () => {
    await send({
      beforeSendSpan: (span) => ({
        ...span,
        description: `${span.description!}!`,
        data: { kept: 1 },
      }),
    });
    const [event] = transactions();
    expect(event).toMatchObject({
      transaction: 'work!',
      contexts: { trace: { op: 'task', data: { kept: 1 } } },
      spans: [
        { description: 'first!', data: { kept: 1 } },
        { description: 'second!', data: { kept: 1 } },
      ],
    });
    expect(event!.contexts.trace).not.toHaveProperty('description');
    expect(event!.timestamp).toEqual(expect.any(Number));
  });

  it('cannot drop one', async () => {
    await send({ beforeSendSpan: () => null as never });
    expect(transactions()).toMatchObject([{ transaction: 'work', spans: [{}, {}] }]);
    expect(warn).toHaveBeenCalledTimes(3);
  });
});

describe('ignoreTransactions', () => {
  it.each<[string, (string | RegExp)[], number]>([
    ['a part of the name', ['or'], 0],
    ['a RegExp', [/^w/g], 0],
    ['neither', ['play', /^p/], 1],
    ['a text without a list', 'work' as never, 0],
    ['what is no list', 7 as never, 1],
  ])('by %s', async (_, ignoreTransactions, count) => {
    await send({ ignoreTransactions });
    expect(transactions()).toHaveLength(count);
    expect(await losses()).toEqual(count ? {} : { 'event_processor/transaction': 1 });
  });
});
