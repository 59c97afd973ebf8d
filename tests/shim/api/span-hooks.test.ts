import { openClient, type Client } from '../../../js/api/client.js';
import type { Event } from '../../../js/api/event.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { TransactionEvent } from '../../../js/api/shaping.js';
import {
  close,
  getActiveSpan,
  spanToJSON,
  startIdleSpan,
  startInactiveSpan,
  startSpan,
  type Span,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
let now: number;
let lines: string[][];
let client: Client;

const transactions = (): TransactionEvent[] =>
  lines
    .filter(([, item]) => item!.includes('"transaction"'))
    .map(([, , payload]) => JSON.parse(payload!) as TransactionEvent);

function start(options: ClientOptions = {}): Client {
  lines = [];
  now = START;
  const recording_ = recordingBy((_url, body) => {
    lines.push(new TextDecoder().decode(body).split('\n'));
    return Promise.resolve(200);
  });
  client = openClient(hostWithoutPage({ recording_, now: () => now }), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    ...options,
  })!;
  return client;
}

/** Lets that much time pass, timers included. */
function pass(milliseconds: number): void {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    now += 100;
    jest.advanceTimersByTime(100);
  }
}

beforeEach(() => {
  jest.useFakeTimers();
  start();
});
afterEach(async () => {
  jest.useRealTimers();
  await close();
});

describe('spanStart and spanEnd', () => {
  const names: string[] = [];
  const note =
    (hook: string) =>
    (span: Span): void => {
      names.push(`${hook} ${spanToJSON(span).description!}`);
    };
  beforeEach(() => {
    names.length = 0;
    for (const hook of ['spanStart', 'spanEnd', 'afterSpanEnd'] as const) {
      client.on(hook, note(hook));
    }
  });

  it('are told of every span, in the order of what happened', () => {
    startSpan({ name: 'root' }, () => {
      startSpan({ name: 'child' }, () => undefined);
    });
    expect(names).toEqual([
      'spanStart root',
      'spanStart child',
      'spanEnd child',
      'afterSpanEnd child',
      'spanEnd root',
      'afterSpanEnd root',
    ]);
  });

  it('are told of an unsampled root', async () => {
    await close();
    start({ tracesSampleRate: 0 }).on('spanEnd', note('spanEnd'));
    startSpan({ name: 'root' }, () => undefined);
    expect(names).toHaveLength(1);
  });

  it('get the object that the application holds', () => {
    const seen: Span[] = [];
    client.on('spanStart', (span) => seen.push(span));
    const span = startInactiveSpan({ name: 'root' });
    expect(seen).toEqual([span]);
    expect(seen[0]).toBe(span);
  });

  it('may change a root that ended, as often as they want, before it is sent', () => {
    client.on('spanEnd', (span) => {
      span.setAttribute('first', 1);
      span.setAttribute('second', 2);
    });
    startInactiveSpan({ name: 'root' }).end();
    expect(transactions()[0]!.contexts.trace.data).toMatchObject({ first: 1, second: 2 });
  });

  it('may start spans themselves, which all are told of', () => {
    let more = 2;
    client.on('spanEnd', () => {
      if (more-- > 0) startInactiveSpan({ name: `more ${more}`, parentSpan: null }).end();
    });
    startInactiveSpan({ name: 'root' }).end();
    expect(transactions().map((event) => event.transaction)).toEqual(['root', 'more 1', 'more 0']);
    expect(names.filter((name) => name.startsWith('spanEnd'))).toHaveLength(3);
  });

  it('that throw keep neither span nor page from going on', () => {
    client.on('spanStart', () => {
      throw new Error('theirs');
    });
    expect(startSpan({ name: 'root' }, () => 'result')).toBe('result');
    expect(transactions()).toHaveLength(1);
  });

  it('are called no more once they were taken away', () => {
    const listener = jest.fn();
    client.on('spanStart', listener)();
    startInactiveSpan({ name: 'root' });
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('beforeEnvelope', () => {
  it('sees header and items, and may change them', () => {
    client.on('beforeEnvelope', (envelope) => {
      envelope[0]['added'] = true;
      envelope[1][0]![1]['transaction'] = 'renamed';
    });
    startInactiveSpan({ name: 'root' }).end();
    expect(JSON.parse(lines[0]![0]!)).toMatchObject({ added: true });
    expect(JSON.parse(lines[0]![1]!)).toEqual({ type: 'transaction' });
    expect(transactions()[0]!.transaction).toBe('renamed');
  });

  it('that makes something unsendable of it does not keep it from being sent', () => {
    client.on('beforeEnvelope', (envelope) => {
      envelope[0]['itself'] = envelope;
    });
    startInactiveSpan({ name: 'root' }).end();
    expect(transactions()[0]!.transaction).toBe('root');
  });
});

describe('startIdleSpan', () => {
  it('is active until nothing happened for the idle timeout', () => {
    const idle = startIdleSpan({ name: 'idle', op: 'ui.load' });
    expect(getActiveSpan()).toBe(idle);
    const child = startInactiveSpan({ name: 'child' });
    pass(500);
    child.end();
    pass(900);
    expect(getActiveSpan()).toBe(idle);
    pass(200);
    expect(getActiveSpan()).toBeUndefined();
    expect(transactions()).toMatchObject([
      {
        transaction: 'idle',
        // The one of its last child.
        timestamp: (START + 500) / 1000,
        contexts: { trace: { op: 'ui.load', status: 'ok' } },
        spans: [{ description: 'child' }],
      },
    ]);
  });

  it('takes its own times, and can be told not to trim its end', () => {
    startIdleSpan(
      { name: 'idle' },
      { idleTimeout: 200, finalTimeout: 400, trimIdleSpanEndTimestamp: false },
    );
    startInactiveSpan({ name: 'child' }).end();
    pass(200);
    expect(transactions()[0]!.timestamp).toBe((START + 200) / 1000);
    startIdleSpan({ name: 'long' }, { finalTimeout: 400 });
    startInactiveSpan({ name: 'open' });
    pass(400);
    expect(transactions()[1]!.contexts.trace).toMatchObject({
      status: 'deadline_exceeded',
      data: { 'sentry.idle_span_finish_reason': 'finalTimeout' },
    });
  });

  it('waits for the word, where it is not to end by itself', () => {
    const told = jest.fn();
    client.on('idleSpanEnableAutoFinish', told);
    const idle = startIdleSpan({ name: 'idle' }, { disableAutoFinish: true });
    pass(5000);
    expect(transactions()).toHaveLength(0);
    client.emit('idleSpanEnableAutoFinish', idle);
    expect(told).toHaveBeenCalledWith(idle);
    pass(1000);
    expect(transactions()).toHaveLength(1);
  });

  it.each([
    [
      'a timer',
      (): void => {
        pass(1000);
      },
    ],
    [
      'its end',
      (span: Span): void => {
        span.end();
      },
    ],
  ])('asks beforeSpanEnd once, while it still records: %s', (_name, end) => {
    const before = jest.fn((span: Span) => {
      expect(span.isRecording()).toBe(true);
      span.setAttribute('late', true);
      startInactiveSpan({ name: 'late' }).end();
    });
    const idle = startIdleSpan({ name: 'idle' }, { beforeSpanEnd: before });
    end(idle);
    pass(2000);
    expect(before).toHaveBeenCalledTimes(1);
    expect(before).toHaveBeenCalledWith(idle);
    expect(transactions()).toMatchObject([
      { contexts: { trace: { data: { late: true } } }, spans: [{ description: 'late' }] },
    ]);
  });

  it('below a span that is active is no transaction of its own', () => {
    const route = startIdleSpan({ name: 'route' }, { idleTimeout: 5000 });
    const below = startIdleSpan({ name: 'below' }, { idleTimeout: 200 });
    expect(getActiveSpan()).toBe(below);
    pass(200);
    expect(getActiveSpan()).toBe(route);
    route.end();
    expect(transactions()).toMatchObject([
      { transaction: 'route', spans: [{ description: 'below', status: 'ok' }] },
    ]);
  });

  it('is a placeholder where nothing is traced', async () => {
    await close();
    start({ tracesSampleRate: undefined } as unknown as ClientOptions);
    const before = jest.fn();
    const idle = startIdleSpan({ name: 'idle' }, { beforeSpanEnd: before });
    expect(idle.isRecording()).toBe(false);
    idle.end();
    expect(before).not.toHaveBeenCalled();
  });
});

describe('integrations', () => {
  it('may be made of the default ones; of two with one name the later counts', async () => {
    await close();
    const processEvent = jest.fn((event: Event) => event);
    const own = { name: 'Own' };
    start({
      defaultIntegrations: [own],
      integrations: (defaults) => [...defaults, { name: 'Own', processEvent }],
    });
    startInactiveSpan({ name: 'root' }).end();
    expect(processEvent).toHaveBeenCalledTimes(1);
    expect(transactions()[0]!['sdk']).toMatchObject({ integrations: ['Own'] });
  });
});

describe('listeners', () => {
  it('of a closed client are not told by it', async () => {
    const listener = jest.fn();
    const closed = client;
    await close();
    start().on('spanStart', listener);
    closed.emit('spanStart', startInactiveSpan({ name: 'root' }));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('that a client gets after it was closed hear nothing of the next', async () => {
    const listener = jest.fn();
    const closed = client;
    await close();
    start();
    closed.on('spanStart', listener);
    startInactiveSpan({ name: 'root' });
    expect(listener).not.toHaveBeenCalled();
  });

  it('of a client that was closed hear nothing of the next', async () => {
    const listener = jest.fn();
    client.on('spanStart', listener);
    await close();
    start();
    startInactiveSpan({ name: 'root' });
    expect(listener).not.toHaveBeenCalled();
  });
});
