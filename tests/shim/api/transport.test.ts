import { openClient, type Client } from '../../../js/api/client.js';
import type { Envelope } from '../../../js/api/event.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { BaseTransportOptions, Transport } from '../../../js/api/transport.js';
import { close, flush, startSpan } from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
const sendByHost = jest.fn(() => Promise.resolve(200));
let sent: Envelope[];
let made: BaseTransportOptions[];

beforeEach(() => {
  warn.mockClear();
  sendByHost.mockClear();
  sent = [];
  made = [];
});
afterEach(() => close());

/** A factory that keeps what it is given; envelopes are answered with what `answer` returns. */
const transportWith =
  (answer: () => unknown = () => Promise.resolve({ statusCode: 200 }), rest: object = {}) =>
  (options: BaseTransportOptions): Transport => {
    made.push(options);
    const send = (envelope: Envelope): unknown => {
      sent.push(envelope);
      return answer();
    };
    return { send, ...rest } as Transport;
  };

function start(options: ClientOptions): Client {
  return openClient(hostWithoutPage({ recording_: recordingBy(sendByHost) }), {
    dsn: 'https://public@collector.test/7',
    tracesSampleRate: 1,
    ...options,
  })!;
}

const sendOne = (name = 'work'): Promise<boolean> => {
  startSpan({ name }, () => undefined);
  return flush();
};

const itemsOf = (type: string): Record<string, unknown>[] =>
  sent
    .flatMap(([, items]) => items)
    .filter(([header]) => header['type'] === type)
    .map(([, payload]) => payload);

/** Quantities by `reason/category` of the client report that `close` sends. */
async function losses(): Promise<Record<string, number>> {
  await close();
  const rows = itemsOf('client_report').flatMap(
    (report) =>
      report['discarded_events'] as { reason: string; category: string; quantity: number }[],
  );
  return Object.fromEntries(
    rows.map(({ reason, category, quantity }) => [`${reason}/${category}`, quantity]),
  );
}

describe('a transport of the application', () => {
  it('is made by init, once, with transportOptions and where envelopes go', async () => {
    start({ transport: transportWith(), transportOptions: { headers: { 'x-app': 'shop' } } });
    expect(made).toEqual([
      {
        url: expect.stringMatching(
          /^https:\/\/collector\.test\/api\/7\/envelope\/\?.*sentry_key=public/,
        ) as unknown,
        tunnel: undefined,
        headers: { 'x-app': 'shop' },
        recordDroppedEvent: expect.any(Function) as unknown,
      },
    ]);
    await sendOne();
    expect(made).toHaveLength(1);
  });

  it('is told of the tunnel', () => {
    start({ tunnel: '/tunnel', transport: transportWith() });
    expect(made).toMatchObject([{ url: '/tunnel', tunnel: '/tunnel' }]);
  });

  it('is not made without a DSN', () => {
    start({ dsn: '', transport: transportWith() });
    expect(made).toEqual([]);
  });

  it('gets header and items of each envelope, and the host none', async () => {
    start({ transport: transportWith() });
    await sendOne();
    expect(sent).toMatchObject([
      [{ event_id: expect.any(String) as unknown }, [[{ type: 'transaction' }, {}]]],
    ]);
    expect(itemsOf('transaction')).toMatchObject([{ transaction: 'work' }]);
    expect(sendByHost).not.toHaveBeenCalled();
  });

  it('gets them as listeners of beforeEnvelope left them', async () => {
    start({ transport: transportWith() }).on('beforeEnvelope', ([header]) => {
      header['added'] = true;
    });
    await sendOne();
    expect(sent).toMatchObject([[{ added: true }, [expect.anything()]]]);
  });

  it.each<[string, () => unknown, object]>([
    ['answers nothing', () => Promise.resolve(), {}],
    ['answers no promise', () => ({ statusCode: 200 }), {}],
    ['is refused', () => Promise.resolve({ statusCode: 413 }), { 'send_error/transaction': 1 }],
    ['rejects', () => Promise.reject(new Error('off')), { 'network_error/transaction': 1 }],
    [
      'throws',
      () => {
        throw new Error('off');
      },
      { 'network_error/transaction': 1 },
    ],
  ])('that %s', async (_, answer, expected) => {
    let next = answer;
    start({ transport: transportWith(() => next()) });
    expect(await sendOne()).toBe(true);
    next = () => Promise.resolve({});
    expect(await losses()).toEqual(expected);
  });

  it('that cannot be made sends nothing, nor does the host, and debug tells', async () => {
    start({
      debug: true,
      transport: () => {
        throw new Error('no socket');
      },
    });
    expect(await sendOne()).toBe(true);
    expect(sendByHost).not.toHaveBeenCalled();
    expect(warn).toHaveBeenCalledWith(
      '[throughline] options.transport: Error: no socket; nothing is sent',
    );
  });

  it('that is no function is as if it were not set, and debug tells', async () => {
    start({ debug: true, transport: 'fetch' as never });
    await sendOne();
    expect(sendByHost).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(
      '[throughline] options.transport: expected a function, got "fetch"; as if it were not set',
    );
  });

  it('gives way to that of a later init', async () => {
    start({ transport: transportWith(() => Promise.reject(new Error('former'))) });
    start({ transport: transportWith() });
    await sendOne();
    expect(made).toHaveLength(2);
    expect(await losses()).toEqual({});
  });

  it('gives way to the host where a later init has none', async () => {
    start({ transport: transportWith() });
    start({});
    await sendOne();
    expect(sent).toEqual([]);
    expect(sendByHost).toHaveBeenCalledTimes(1);
  });
});

describe('recordDroppedEvent', () => {
  it('tells the next client report what was dropped', async () => {
    start({ transport: transportWith() });
    const { recordDroppedEvent } = made[0]!;
    recordDroppedEvent('ratelimit_backoff', 'span', 3);
    recordDroppedEvent('ratelimit_backoff', 'span');
    recordDroppedEvent('queue_overflow', 'transaction');
    expect(await losses()).toEqual({
      'ratelimit_backoff/span': 4,
      'queue_overflow/transaction': 1,
    });
  });

  it.each([0, -1, NaN, 'many' as never])('takes no %s', async (quantity) => {
    start({ transport: transportWith() });
    made[0]!.recordDroppedEvent('queue_overflow', 'span', quantity);
    expect(await losses()).toEqual({});
  });

  it('throws at nothing, not even once the client is closed', async () => {
    start({ transport: transportWith() });
    const { recordDroppedEvent } = made[0]!;
    expect(() => {
      recordDroppedEvent(undefined as never, {} as never);
    }).not.toThrow();
    await close();
    expect(() => {
      recordDroppedEvent('queue_overflow', 'span');
    }).not.toThrow();
  });
});

describe('flush', () => {
  it('asks the transport once all was handed over', async () => {
    const flushTransport = jest.fn(() => Promise.resolve(false));
    start({ transport: transportWith(undefined, { flush: flushTransport }) });
    startSpan({ name: 'work' }, () => undefined);
    expect(await flush(500)).toBe(false);
    expect(flushTransport).toHaveBeenCalledWith(500);
    expect(sent).toHaveLength(1);
  });

  it('is false where that of the transport fails', async () => {
    const fails = (): Promise<boolean> => Promise.reject(new Error('off'));
    start({ transport: transportWith(undefined, { flush: fails }) });
    expect(await sendOne()).toBe(false);
  });

  it('does not wait longer for the transport than asked', async () => {
    start({ transport: transportWith(undefined, { flush: () => new Promise(() => undefined) }) });
    expect(await flush(20)).toBe(false);
    expect(await close(20)).toBe(false);
  });
});
