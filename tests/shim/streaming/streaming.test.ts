import { openClient, type Client } from '../../../js/api/client.js';
import type { StreamedSpanJSON } from '../../../js/api/hooks.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { CoreModule } from '../../../js/core/module.js';
import { startModule } from '../../../js/core/start.js';
import { embedded } from '../../../js/generated/streaming-embedded.js';
import createCore from '../../../js/generated/streaming-glue.mjs';
import { close, setContext, setUser, startInactiveSpan, startSpan } from '../../../js/index.js';
import { streamingHost } from '../../../js/streaming/lifecycle.js';
import { spanStreamingIntegration, withStreamedSpan } from '../../../js/streaming/options.js';
import { hostWithoutPage } from '../support/host.js';

// As the bundles have it.
jest.mock('../../../js/api/asks.js', () =>
  jest.requireActual<object>('../../../js/streaming/asks.js'),
);

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
let sent: string[];
let client: Client;

beforeEach(() => {
  warn.mockClear();
});
afterEach(() => close());

function open(options: Partial<ClientOptions> = {}): void {
  sent = [];
  const recording = recordingBy((_url, body) => {
    sent.push(new TextDecoder().decode(body));
    return Promise.resolve(200);
  });
  const start = (): CoreModule => startModule(embedded, createCore) as CoreModule;
  const host = hostWithoutPage({ recording_: recording, startModule: start });
  client = openClient(streamingHost(host), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    debug: true,
    tracePropagationTargets: [],
    integrations: [spanStreamingIntegration()],
    ...options,
  })!;
}

type Typed = Record<string, { value: unknown; type: string; unit?: string }>;
type SentSpan = Omit<StreamedSpanJSON, 'attributes' | 'links'> & {
  attributes: Typed;
  links?: { span_id: string; sampled: boolean; attributes?: Typed }[];
};

/** All that was sent: types of items, and streamed spans by name. */
async function received(): Promise<{ types: string[]; spans: Record<string, SentSpan> }> {
  await client.flush();
  const parts = sent.map((text) => text.split('\n').map((line) => JSON.parse(line) as object));
  const types = parts.map(([, item]) => (item as { type: string }).type);
  const items = parts.flatMap(([, , payload]) => (payload as { items?: SentSpan[] }).items ?? []);
  return { types, spans: Object.fromEntries(items.map((span) => [span.name, span])) };
}

const warnings = (): string => warn.mock.calls.flat().join('\n');

describe('what switches streaming on', () => {
  it.each<[string, Partial<ClientOptions>, string[]]>([
    ['the integration', {}, ['span']],
    ['traceLifecycle: stream', { integrations: [], traceLifecycle: 'stream' }, ['span']],
    ['neither', { integrations: [] }, ['transaction']],
    ['not against traceLifecycle: static', { traceLifecycle: 'static' }, ['transaction']],
  ])('%s', async (_, options, types) => {
    open(options);
    startInactiveSpan({ name: 'work' }).end();
    expect((await received()).types).toEqual(types);
    expect(warnings()).toBe('');
  });

  it('is no traceLifecycle of another kind, which is told', async () => {
    open({ integrations: [], traceLifecycle: 'both' as 'stream' });
    expect(warnings()).toContain(
      'options.traceLifecycle: expected static or stream, got both; as if it were not set',
    );
    startInactiveSpan({ name: 'work' }).end();
    expect((await received()).types).toEqual(['transaction']);
  });

  it('is off where beforeSendSpan takes spans of transactions, which is told', async () => {
    open({ beforeSendSpan: (span) => span });
    expect(warnings()).toContain('beforeSendSpan: expected one of withStreamedSpan');
    startInactiveSpan({ name: 'work' }).end();
    expect((await received()).types).toEqual(['transaction']);
  });

  it('leaves nothing to do for hooks of transactions, which is told', () => {
    open({ beforeSendTransaction: (event) => event });
    expect(warnings()).toContain('beforeSendTransaction: there are no transactions');
  });

  it('may change with the next options', async () => {
    open();
    startInactiveSpan({ name: 'first' }).end();
    // Those of the first are sent on the way.
    open({ traceLifecycle: 'static' });
    startInactiveSpan({ name: 'second' }).end();
    expect((await received()).types).toEqual(['span', 'transaction']);
  });
});

describe('ignoreSpans with a RegExp', () => {
  it.each<[string, Partial<ClientOptions>]>([
    ['where spans are streamed', {}],
    ['where they are not', { integrations: [] }],
  ])('leaves out what it means %s', async (_, options) => {
    open({ ignoreSpans: [/^skip/], ...options });
    startSpan({ name: 'root' }, () => {
      startInactiveSpan({ name: 'skip' }).end();
      startInactiveSpan({ name: 'child' }).end();
    });
    await client.flush();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('"child"');
    expect(sent[0]).not.toContain('"skip"');
  });

  it('asks about standalone spans too', async () => {
    open({ ignoreSpans: [/^skip/] });
    startInactiveSpan({ name: 'skip', experimental: { standalone: true } }).end();
    startInactiveSpan({ name: 'other', experimental: { standalone: true } }).end();
    await client.flush();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('"other"');
  });

  it('goes along with listeners of createDsc', async () => {
    open({ ignoreSpans: [/^skip/] });
    client.on('createDsc', (dsc) => {
      dsc['added'] = 'yes';
    });
    startInactiveSpan({ name: 'root' }).end();
    await client.flush();
    expect(JSON.parse(sent[0]!.split('\n')[0]!)).toMatchObject({ trace: { added: 'yes' } });
  });
});

describe('what scopes add', () => {
  it('is the user of every span, and contexts of segments', async () => {
    open();
    setUser({ id: 'u1', email: 'a@b.test', username: 'al', ip_address: '1.2.3.4' });
    setContext('culture', { locale: 'de', timezone: 'UTC' });
    setContext('state', { state: { type: 'redux' } });
    setContext('cloud_resource', { 'cloud.region': 'eu' });
    startSpan({ name: 'root' }, () => {
      startInactiveSpan({ name: 'child' }).end();
    });
    const { root, child } = (await received()).spans;
    const text = (value: string): object => ({ value, type: 'string' });
    const user = {
      'user.id': text('u1'),
      'user.email': text('a@b.test'),
      'user.name': text('al'),
      'user.ip_address': text('1.2.3.4'),
    };
    expect(root!.attributes).toMatchObject({
      ...user,
      'culture.locale': text('de'),
      'culture.timezone': text('UTC'),
      'state.type': text('redux'),
      'cloud.region': text('eu'),
    });
    expect(child!.attributes).toMatchObject(user);
    expect(Object.keys(child!.attributes)).not.toContain('culture.locale');
  });

  it('does not overwrite what the span has', async () => {
    open();
    setUser({ id: 'u1' });
    startInactiveSpan({ name: 'root', attributes: { 'user.id': 'own' } }).end();
    expect((await received()).spans['root']!.attributes['user.id']!.value).toBe('own');
  });
});

describe('hooks', () => {
  it('see spans in the order of the peer, root or not', async () => {
    open();
    const seen: string[] = [];
    for (const hook of ['preprocessSpan', 'processSegmentSpan', 'processSpan'] as const) {
      client.on(hook, ({ name }) => seen.push(`${hook} ${name}`));
    }
    client.on('afterSegmentSpanEnd', () => seen.push('afterSegmentSpanEnd'));
    startSpan({ name: 'root' }, () => {
      startInactiveSpan({ name: 'child' }).end();
    });
    await received();
    expect(seen).toEqual([
      'preprocessSpan child',
      'processSpan child',
      'preprocessSpan root',
      'processSegmentSpan root',
      'processSpan root',
      'afterSegmentSpanEnd',
    ]);
  });

  it('may change names and attributes, whose types are told by their new values', async () => {
    open({
      beforeSendSpan: withStreamedSpan((span) => ({
        ...span,
        name: 'changed',
        attributes: { whole: 3, list: ['a'], size: { value: 1.5, unit: 'byte' }, gone: null },
      })),
    });
    startInactiveSpan({ name: 'root' }).end();
    expect((await received()).spans['changed']!.attributes).toEqual({
      whole: { value: 3, type: 'integer' },
      list: { value: ['a'], type: 'array' },
      size: { value: 1.5, type: 'double', unit: 'byte' },
    });
  });

  it.each<[string, () => never]>([
    ['returns nothing', () => undefined as never],
    [
      'throws',
      () => {
        throw new Error('theirs');
      },
    ],
  ])('leave the span where beforeSendSpan %s', async (_, callback) => {
    open({ beforeSendSpan: withStreamedSpan(callback) });
    startInactiveSpan({ name: 'root' }).end();
    expect(Object.keys((await received()).spans)).toEqual(['root']);
    expect(warnings()).toContain('beforeSendSpan returned nothing; the span stays');
  });

  it('leave the span where what they made of it is no JSON', async () => {
    open({
      beforeSendSpan: withStreamedSpan((span) => {
        const attributes: Record<string, unknown> = {};
        attributes['itself'] = attributes;
        return { ...span, attributes };
      }),
    });
    startInactiveSpan({ name: 'root' }).end();
    expect((await received()).spans['root']!.attributes['sentry.origin']!.value).toBe('manual');
  });

  it('do not make a function of the page one of ours', () => {
    const callback = (span: StreamedSpanJSON): StreamedSpanJSON => span;
    withStreamedSpan(callback);
    expect(Object.keys(callback)).toEqual([]);
  });
});

describe('links', () => {
  const link = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };

  it.each([
    ['as they are', {}],
    ['where hooks see them', { beforeSendSpan: withStreamedSpan((span) => span) }],
  ])('have typed attributes %s', async (_, options) => {
    open(options);
    const span = startInactiveSpan({ name: 'root' });
    span.addLink({ context: link, attributes: { 'sentry.link.type': 'previous_trace', n: 2 } });
    span.end();
    expect((await received()).spans['root']!.links).toEqual([
      {
        trace_id: link.traceId,
        span_id: link.spanId,
        sampled: true,
        attributes: {
          'sentry.link.type': { value: 'previous_trace', type: 'string' },
          n: { value: 2, type: 'integer' },
        },
      },
    ]);
  });
});
