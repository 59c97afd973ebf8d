import { openClient, type Client } from '../../../js/api/client.js';
import type { Event, EventProcessor } from '../../../js/api/event.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { TransactionEvent } from '../../../js/api/shaping.js';
import {
  addEventProcessor,
  close,
  Scope,
  startInactiveSpan,
  withScope,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

let sent: string[][];
let client: Client;

function start(options: Partial<ClientOptions> = {}): void {
  sent = [];
  const recording = recordingBy((_url, body) => {
    sent.push(new TextDecoder().decode(body).split('\n'));
    return Promise.resolve(202);
  });
  client = openClient(hostWithoutPage({ recording_: recording }), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    ...options,
  })!;
}

async function send(): Promise<TransactionEvent[]> {
  startInactiveSpan({ name: 'work' }).end();
  await client.flush();
  return sent
    .filter(([, item]) => item!.includes('transaction'))
    .map(([, , text]) => JSON.parse(text!) as TransactionEvent);
}

async function losses(): Promise<unknown> {
  await client.close();
  const report = sent.find(([, item]) => item!.includes('client_report'));
  return report && (JSON.parse(report[2]!) as { discarded_events: unknown }).discarded_events;
}

const tagging =
  (name: string): EventProcessor =>
  (event) => ({
    ...event,
    tags: { ...event.tags, order: String(event.tags?.['order'] ?? '') + name },
  });

afterEach(() => close());

describe('event processors', () => {
  it('run: integrations, client, scopes from the outside in', async () => {
    start({ integrations: [{ name: 'Own', processEvent: tagging('i') }] });
    client.addEventProcessor(tagging('c'));
    await withScope(async (scope) => {
      scope.addEventProcessor(tagging('s'));
      const [event] = await send();
      expect(event!.tags).toEqual({ order: 'ics' });
    });
  });

  it('see what scopes carry, and come before the hooks of the options', async () => {
    start({
      beforeSendTransaction: (event) => ({ ...event, tags: { ...event.tags, hook: 'last' } }),
    });
    await withScope(async (scope) => {
      scope.setTag('order', '0').addEventProcessor(tagging('1'));
      const [event] = await send();
      expect(event!.tags).toEqual({ order: '01', hook: 'last' });
    });
  });

  it('may answer later, one after the other', async () => {
    start();
    client.addEventProcessor((event, hint) => Promise.resolve(tagging('a')(event, hint)));
    client.addEventProcessor(tagging('b'));
    const [event] = await send();
    expect(event!.tags).toEqual({ order: 'ab' });
  });

  it('are told the id of the event', async () => {
    start();
    const seen: unknown[] = [];
    client.addEventProcessor((event, hint) => {
      seen.push(hint.event_id === event.event_id);
      return event;
    });
    await send();
    expect(seen).toEqual([true]);
  });

  it('have what they add normalised', async () => {
    start();
    client.addEventProcessor((event) => ({ ...event, extra: { a: { b: { c: {} } } } }));
    const [event] = await send();
    expect(event!.extra).toEqual({ a: { b: { c: '[Object]' } } });
  });

  it.each<[string, EventProcessor]>([
    ['null', () => null],
    ['null later', () => Promise.resolve(null)],
    ['nothing', () => undefined as never],
    [
      'an error',
      () => {
        throw new Error('of the page');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('of the page'))],
  ])('drop the event by %s, which is counted', async (_, processor) => {
    start();
    const next = jest.fn((event: Event) => event);
    client.addEventProcessor(processor);
    client.addEventProcessor(next);
    expect(await send()).toEqual([]);
    expect(next).not.toHaveBeenCalled();
    expect(await losses()).toEqual([
      { reason: 'event_processor', category: 'transaction', quantity: 1 },
    ]);
  });

  it('of an earlier client see nothing of the next', async () => {
    start();
    client.addEventProcessor(() => null);
    await close();
    start();
    expect(await send()).toHaveLength(1);
  });

  // Last: the isolation scope keeps it.
  it('of the page see every event', async () => {
    start();
    const seen = jest.fn((event: Event) => event);
    addEventProcessor(seen);
    await send();
    expect(seen).toHaveBeenCalledTimes(1);
  });
});

describe('hooks about events', () => {
  it('are called in their order, with what they may change', async () => {
    const calls: string[] = [];
    const preprocessEvent = (): void => {
      calls.push('integration');
    };
    start({
      integrations: [{ name: 'Own', preprocessEvent }],
      beforeSendTransaction(event) {
        calls.push('beforeSendTransaction');
        return event;
      },
    });
    client.on('preprocessEvent', (event) => {
      calls.push('preprocessEvent');
      event.tags = { pre: 1 };
    });
    client.addEventProcessor((event) => {
      calls.push(`processor ${event.tags!['pre'] as number}`);
      return event;
    });
    client.on('postprocessEvent', () => calls.push('postprocessEvent'));
    client.on('beforeSendEvent', (event) => {
      calls.push('beforeSendEvent');
      event.tags = { last: 1 };
    });
    client.on('afterSendEvent', (_event, { statusCode }) => calls.push(`after ${statusCode!}`));
    const off = client.on('flush', () => calls.push('flush'));
    const [event] = await send();
    off();
    client.on('close', () => calls.push('close'));
    await client.close();
    expect(calls).toEqual([
      ...['integration', 'preprocessEvent', 'processor 1', 'postprocessEvent'],
      ...['beforeSendTransaction', 'beforeSendEvent', 'flush', 'after 202', 'close'],
    ]);
    expect(event!.tags).toEqual({ last: 1 });
  });

  it('may fail', async () => {
    start();
    client.on('preprocessEvent', () => {
      throw new Error('of the page');
    });
    expect(await send()).toHaveLength(1);
  });
});

it('a clone of a scope has processors of its own', () => {
  const scope = new Scope().addEventProcessor(() => null);
  const clone = scope.clone().addEventProcessor(() => null);
  expect(scope.getScopeData().eventProcessors).toHaveLength(1);
  expect(clone.clear().getScopeData().eventProcessors).toHaveLength(2);
});
