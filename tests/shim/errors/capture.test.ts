import { openClient, type Client } from '../../../js/api/client.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import { captureEvent, captureException, captureMessage } from '../../../js/errors.js';
import {
  addBreadcrumb,
  addEventProcessor,
  close,
  continueTrace,
  getCurrentScope,
  Scope,
  setContext,
  setTag,
  setUser,
  spanToJSON,
  startSpan,
  withScope,
  type Event,
  type EventHint,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

const TRACE = '12345678901234567890123456789012';
const EVENT_ID = /^[0-9a-f]{32}$/;

let sent: string[][];
let client: Client;
let status: number;

function start(options: Partial<ClientOptions> = {}): void {
  sent = [];
  status = 200;
  const recording = recordingBy((_url, body) => {
    sent.push(new TextDecoder().decode(body).split('\n'));
    return Promise.resolve(status);
  });
  client = openClient(hostWithoutPage({ recording_: recording }), {
    dsn: 'https://public@collector.test/1',
    release: 'shop@1',
    tracesSampleRate: 1,
    ...options,
  })!;
}

interface ErrorEvent extends Event {
  exception?: { values: Record<string, unknown>[] };
  contexts: { trace: Record<string, string> };
}

function ofType(type: string): string[][] {
  return sent.filter(([, item]) => item === `{"type":"${type}"}`);
}

async function events(): Promise<ErrorEvent[]> {
  await client.flush();
  return ofType('event').map(([, , text]) => JSON.parse(text!) as ErrorEvent);
}

const header = (): unknown => JSON.parse(ofType('event')[0]![0]!);

async function losses(): Promise<Record<string, number>> {
  await client.close();
  const reports = ofType('client_report').map(
    ([, , text]) =>
      (JSON.parse(text!) as { discarded_events: Record<string, unknown>[] }).discarded_events,
  );
  return Object.fromEntries(
    reports
      .flat()
      .map(({ reason, category, quantity }) => [
        `${String(reason)} ${String(category)}`,
        Number(quantity),
      ]),
  );
}

afterEach(() => close());

describe('captureException', () => {
  it('sends what the client and the error tell', async () => {
    start({ environment: 'test', dist: '7' });
    const before = Date.now() / 1000;
    const id = captureException(new TypeError('no such level'));
    expect(id).toMatch(EVENT_ID);
    const [event] = await events();
    expect(event).toMatchObject({
      event_id: id,
      level: 'error',
      platform: 'javascript',
      release: 'shop@1',
      environment: 'test',
      dist: '7',
      sdk: { packages: [{ name: 'npm:throughline' }] },
    });
    expect(event!['timestamp']).toBeGreaterThanOrEqual(before);
    const { values } = event!.exception!;
    expect(values).toHaveLength(1);
    expect(values[0]).toMatchObject({
      type: 'TypeError',
      value: 'no such level',
      mechanism: { type: 'generic', handled: true },
    });
    expect(event).not.toHaveProperty('type');
  });

  it('sends an error once', async () => {
    start();
    const error = new Error('one');
    const ids = [captureException(error), captureException(error)];
    expect(new Set(ids).size).toBe(2);
    expect(await events()).toHaveLength(1);
    expect(Object.getOwnPropertyNames(error).sort()).toEqual(['message', 'stack']);
  });

  it('leaves out what repeats the event before it, and counts it', async () => {
    start();
    const capture = (): string => captureException(new Error('again'));
    for (let i = 0; i < 3; i++) capture();
    captureException(new Error('another'));
    expect(await events()).toHaveLength(2);
    expect(await losses()).toEqual({ 'event_processor error': 2 });
  });

  it('takes an id from the hint', async () => {
    start();
    const event_id = 'a'.repeat(32);
    expect(captureException(new Error('x'), { event_id })).toBe(event_id);
    expect((await events())[0]!.event_id).toBe(event_id);
    expect(header()).toMatchObject({ event_id });
  });

  it('takes a mechanism from the hint', async () => {
    start();
    captureException(new Error('x'), { mechanism: { type: 'onerror', handled: false } });
    const [event] = await events();
    expect(event!.exception!.values[0]!['mechanism']).toEqual({ type: 'onerror', handled: false });
  });

  it('takes what goes with this event only', async () => {
    start();
    captureException(new Error('1'), { tags: { of: 'context' }, level: 'fatal' });
    captureException(new Error('2'), new Scope().setTag('of', 'scope'));
    captureException(new Error('3'), (scope) => scope.setTag('of', 'function'));
    captureException(new Error('4'), { captureContext: { user: { id: '7' } } });
    captureException(new Error('5'));
    const all = await events();
    expect(all.map(({ tags }) => tags?.['of'])).toEqual([
      'context',
      'scope',
      'function',
      undefined,
      undefined,
    ]);
    expect(all[0]!.level).toBe('fatal');
    expect(all[3]!.user).toEqual({ id: '7' });
    expect(getCurrentScope().getScopeData().tags).toEqual({});
  });

  it('sends the event without a context that throws', async () => {
    start();
    captureException(new Error('x'), () => {
      throw new Error('of the page');
    });
    expect(await events()).toHaveLength(1);
  });
});

describe('the trace of an event', () => {
  it('is that of the active span', async () => {
    start({ parentSpanIsAlwaysRootSpan: false });
    const child = startSpan({ name: 'root' }, () =>
      startSpan({ name: 'child' }, (span) => {
        captureException(new Error('x'));
        return spanToJSON(span);
      }),
    );
    const [event] = await events();
    const { trace_id, span_id, parent_span_id } = child;
    expect(event!.contexts.trace).toEqual({ trace_id, span_id, parent_span_id });
    expect(header()).toMatchObject({ trace: { trace_id, transaction: 'root', sampled: 'true' } });
  });

  it('is that of the scope where no span is active', async () => {
    start();
    const sentryTrace = `${TRACE}-1121201211212012-1`;
    const baggage = 'sentry-release=up%201,sentry-sample_rand=0.5';
    continueTrace({ sentryTrace, baggage }, () => captureMessage('hello'));
    const [event] = await events();
    expect(event!.contexts.trace).toEqual({
      trace_id: TRACE,
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      parent_span_id: '1121201211212012',
    });
    expect(header()).toMatchObject({ trace: { release: 'up 1', sample_rand: '0.5' } });
  });

  it('has what listeners of createDsc added', async () => {
    start();
    client.on('createDsc', (dsc) => {
      dsc['team'] = 'shop';
    });
    captureMessage('hello');
    await events();
    expect(header()).toMatchObject({ trace: { team: 'shop' } });
  });

  it('is the same whether it is recorded or not', async () => {
    start({ tracesSampleRate: 0 });
    const ids = startSpan({ name: 'root' }, (span) => {
      captureException(new Error('x'));
      return span.spanContext();
    });
    const [event] = await events();
    expect(event!.contexts.trace).toEqual({ trace_id: ids.traceId, span_id: ids.spanId });
  });
});

describe('captureMessage', () => {
  it('sends a text with a level', async () => {
    start();
    const ids = [captureMessage('one'), captureMessage('two', 'warning')];
    expect(await events()).toMatchObject([
      { event_id: ids[0], message: 'one', level: 'info' },
      { event_id: ids[1], message: 'two', level: 'warning' },
    ]);
  });

  it('takes what goes with this event only', async () => {
    start();
    captureMessage('one', { tags: { a: 1 } });
    expect(await events()).toMatchObject([{ message: 'one', level: 'info', tags: { a: 1 } }]);
  });
});

describe('captureEvent', () => {
  it('completes what the application made, and leaves its object alone', async () => {
    start();
    const event: Event = {
      message: 'own',
      contexts: { shop: { name: 'Lagoon' } },
      release: 'other@2',
      exception: { values: [{ type: 'Own', value: 'own' }] },
    };
    const before = JSON.stringify(event);
    const id = captureEvent(event, { mechanism: { type: 'own' } });
    const [sentEvent] = await events();
    expect(sentEvent).toMatchObject({ ...JSON.parse(before), event_id: id });
    expect(sentEvent!.contexts.trace['trace_id']).toMatch(EVENT_ID);
    expect(sentEvent!.exception!.values[0]!['mechanism']).toMatchObject({ type: 'own' });
    expect(JSON.stringify(event)).toBe(before);
  });

  it('keeps the id of the event', () => {
    start();
    expect(captureEvent({ event_id: 'b'.repeat(32) })).toBe('b'.repeat(32));
  });

  it('normalises what no JSON can hold', async () => {
    start();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    captureEvent({ message: 'x', extra: { circle } });
    expect((await events())[0]!.extra).toEqual({ circle: { self: '[Circular ~]' } });
  });
});

describe('what scopes carry', () => {
  it('goes with the event', async () => {
    start();
    setUser({ id: '7' });
    setTag('team', 'shop');
    setContext('cart', { items: 3 });
    addBreadcrumb({ message: 'coupon', timestamp: 1 });
    withScope((scope) => {
      scope.setTag('step', 'pay').setExtra('a', 1).setFingerprint(['pay']).setLevel('fatal');
      captureException(new Error('x'));
    });
    expect((await events())[0]).toMatchObject({
      user: { id: '7' },
      tags: { team: 'shop', step: 'pay' },
      contexts: { cart: { items: 3 }, trace: {} },
      breadcrumbs: [{ message: 'coupon', timestamp: 1 }],
      extra: { a: 1 },
      fingerprint: ['pay'],
      level: 'fatal',
    });
    getCurrentScope().clear();
    setUser(null);
  });

  it('is seen by processors, which change and drop events', async () => {
    start();
    const seen: (EventHint | undefined)[] = [];
    const error = new Error('x');
    await withScope(async (scope) => {
      scope.addEventProcessor((event, hint) => {
        seen.push(hint);
        return event.message === 'drop' ? null : { ...event, tags: { seen: 'yes' } };
      });
      captureException(error);
      captureMessage('drop');
      expect(await events()).toMatchObject([{ tags: { seen: 'yes' } }]);
    });
    expect(seen[0]).toMatchObject({ originalException: error });
    expect(seen[0]!.syntheticException).toBeInstanceOf(Error);
    expect(await losses()).toEqual({ 'event_processor error': 1 });
  });

  it('may take its time: flush waits for it', async () => {
    start();
    withScope((scope) => {
      scope.addEventProcessor((event) => Promise.resolve({ ...event, tags: { late: 'yes' } }));
      captureException(new Error('x'));
    });
    expect(await events()).toMatchObject([{ tags: { late: 'yes' } }]);
  });

  it('is told to hooks of the client', async () => {
    start();
    const told: string[] = [];
    for (const hook of ['preprocessEvent', 'postprocessEvent', 'beforeSendEvent'] as const) {
      client.on(hook, (event) => told.push(`${hook} ${String(event.message)}`));
    }
    client.on('afterSendEvent', (_event, { statusCode }) => told.push(`sent ${statusCode!}`));
    captureMessage('hello');
    await events();
    expect(told).toEqual([
      'preprocessEvent hello',
      'postprocessEvent hello',
      'beforeSendEvent hello',
      'sent 200',
    ]);
  });
});

describe('beforeSend', () => {
  it('changes events, at once or later', async () => {
    start({
      beforeSend: (event, { originalException }) => {
        const changed = { ...event, tags: { original: String(originalException) } };
        return event.message ? Promise.resolve(changed) : changed;
      },
    });
    captureException(new Error('x'));
    captureMessage('later');
    expect((await events()).map(({ tags }) => tags)).toEqual([
      { original: 'Error: x' },
      { original: 'later' },
    ]);
  });

  it.each([
    ['null', () => null],
    ['a promise of it', () => Promise.resolve(null)],
    ['no event', () => 'nonsense' as never],
    ['a rejection', () => Promise.reject(new Error('of the page'))],
    [
      'an exception',
      () => {
        throw new Error('of the page');
      },
    ],
  ])('drops an event by %s, which is counted', async (_, beforeSend) => {
    start({ beforeSend });
    expect(captureException(new Error('x'))).toMatch(EVENT_ID);
    expect(await events()).toEqual([]);
    expect(await losses()).toEqual({ 'before_send error': 1 });
  });

  it('sees no transactions', async () => {
    const beforeSend = jest.fn((event: Event) => event);
    start({ beforeSend });
    startSpan({ name: 'work' }, () => {});
    await client.flush();
    expect(ofType('transaction')).toHaveLength(1);
    expect(beforeSend).not.toHaveBeenCalled();
  });
});

describe('delivery', () => {
  it('counts what was not taken', async () => {
    start();
    status = 413;
    captureMessage('large');
    await client.flush();
    expect(await losses()).toEqual({ 'send_error error': 1 });
  });

  it('counts what found no room', async () => {
    start();
    for (let i = 0; i < 45; i++) captureMessage(`message ${i}`);
    expect(await events()).toHaveLength(40);
    expect(await losses()).toEqual({ 'queue_overflow error': 5 });
  });

  it('sends what is on its way when the client is closed', async () => {
    start({ beforeSend: (event) => Promise.resolve(event) });
    captureMessage('last');
    expect(await client.close()).toBe(true);
    expect(ofType('event')).toHaveLength(1);
  });
});

describe('without anywhere to send to', () => {
  const all = (): string[] => [
    captureException(new Error('x')),
    captureMessage('x'),
    captureEvent({ message: 'x' }),
  ];

  it.each([
    ['a DSN', { dsn: '' }],
    ['being enabled', { enabled: false }],
  ])('ids are returned without %s', async (_, options) => {
    start(options);
    for (const id of all()) expect(id).toMatch(EVENT_ID);
    await client.close();
    expect(sent).toEqual([]);
  });

  it('ids are returned before init and after close, and errors count as new then', async () => {
    sent = [];
    const early = new Error('early');
    expect(captureException(early)).toMatch(EVENT_ID);
    for (const id of all()) expect(id).toMatch(EVENT_ID);
    start();
    captureException(early);
    expect(await events()).toHaveLength(1);
    await client.close();
    for (const id of all()) expect(id).toMatch(EVENT_ID);
    expect(ofType('event')).toHaveLength(1);
  });

  it('ids are those of random UUIDs', () => {
    expect(captureMessage('x')).toMatch(/^.{12}4.{3}[89ab]/);
  });
});

it('an error that throws at whoever looks does no harm', async () => {
  start();
  const throws = (): never => {
    throw new Error('hands off');
  };
  const getters = Object.defineProperties(new Error('x'), {
    // First: making it would look at the others.
    stack: { get: throws },
    name: { get: throws },
    message: { get: throws },
    cause: { get: throws },
  });
  const hostile = new Proxy({}, { get: throws, getPrototypeOf: throws, ownKeys: throws });
  for (const thrown of [getters, hostile, { a: 1, toJSON: throws }]) {
    expect(captureException(thrown)).toMatch(EVENT_ID);
  }
  expect(captureMessage(hostile as never)).toMatch(EVENT_ID);
  const [first, second] = await events();
  expect(first!.exception!.values).toMatchObject([{ value: 'No error message' }]);
  expect(second!.exception!.values).toHaveLength(1);
});

it('an event processor for all sees errors as well as transactions', async () => {
  start();
  const types: (string | undefined)[] = [];
  addEventProcessor((event) => {
    types.push(event.type);
    return event;
  });
  startSpan({ name: 'work' }, () => captureException(new Error('x')));
  await events();
  expect(types).toEqual([undefined, 'transaction']);
});
