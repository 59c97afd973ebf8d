import { openClient, type Client } from '../../../js/api/client.js';
import { recordingBy } from '../../../js/api/recording.js';
import type { TransactionEvent } from '../../../js/api/shaping.js';
import type { ClientOptions } from '../../../js/api/options.js';
import {
  addBreadcrumb,
  close,
  getCurrentScope,
  getActiveSpan,
  getClient,
  getGlobalScope,
  getIsolationScope,
  Scope,
  setContext,
  setExtra,
  setExtras,
  setTag,
  setTags,
  setUser,
  spanToJSON,
  startInactiveSpan,
  startNewTrace,
  startSpan,
  withActiveSpan,
  withIsolationScope,
  withScope,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

let sent: string[];
let client: Client;

function start(options: Partial<ClientOptions> = {}): void {
  sent = [];
  const recording = recordingBy((_url, body) => {
    sent.push(new TextDecoder().decode(body));
    return Promise.resolve(200);
  });
  client = openClient(hostWithoutPage({ recording_: recording }), {
    dsn: 'https://public@collector.test/1',
    tracesSampleRate: 1,
    ...options,
  })!;
}

/** What was sent so far, by name. */
async function events(): Promise<Record<string, TransactionEvent>> {
  await client.flush();
  const all = sent.map((text) => JSON.parse(text.split('\n')[2]!) as TransactionEvent);
  return Object.fromEntries(all.map((event) => [event.transaction, event]));
}

const send = (name: string): void => {
  startInactiveSpan({ name, parentSpan: null }).end();
};

beforeEach(() => {
  start();
});
afterEach(async () => {
  for (const scope of [getCurrentScope(), getIsolationScope(), getGlobalScope()]) scope.clear();
  await close();
});

// First in this file: no scope was asked for before.
it('a span that was open when the first scope was asked for takes what is carried there', async () => {
  startSpan({ name: 'first' }, () => {
    startSpan({ name: 'child' }, () => {
      getCurrentScope().setTag('where', 'child');
    });
    getCurrentScope().setTag('where', 'first');
  });
  send('other');
  const { first, other } = await events();
  expect(first!.tags).toEqual({ where: 'first' });
  expect(other).not.toHaveProperty('tags');
});

describe('without data', () => {
  it('a payload is not even parsed', async () => {
    getCurrentScope();
    const parse = jest.spyOn(JSON, 'parse');
    send('work');
    await client.flush();
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });
});

describe('the functions', () => {
  it('write to the isolation scope', () => {
    setTag('a', 1);
    setTags({ b: true, c: null });
    setExtra('d', [1]);
    setExtras({ e: {} });
    setContext('shop', { name: 'Lagoon' });
    setContext('gone', {});
    setContext('gone', null);
    setUser({ id: 7 });
    addBreadcrumb({ message: 'seen', timestamp: 1 });
    expect(getIsolationScope().getScopeData()).toMatchObject({
      tags: { a: 1, b: true, c: null },
      extra: { d: [1], e: {} },
      contexts: { shop: { name: 'Lagoon' } },
      user: { id: 7 },
      breadcrumbs: [{ message: 'seen', timestamp: 1 }],
    });
    expect(getIsolationScope().getScopeData().contexts).not.toHaveProperty('gone');
  });

  it('send it with a transaction', async () => {
    setTag('a', 1);
    setUser({ id: 7 });
    setExtra('list', [1, { two: 2 }]);
    setContext('shop', { deep: { a: { b: 1 } } });
    addBreadcrumb({ message: 'seen', timestamp: 1, data: { to: new Date(0) } });
    send('work');
    expect((await events())['work']).toMatchObject({
      tags: { a: 1 },
      user: { id: 7 },
      extra: { list: [1, { two: 2 }] },
      contexts: { shop: { deep: { a: '[Object]' } } },
      breadcrumbs: [{ message: 'seen', timestamp: 1, data: { to: '1970-01-01T00:00:00.000Z' } }],
    });
  });

  it('cannot replace the context of the trace', async () => {
    setContext('trace', { trace_id: 'mine' });
    send('work');
    expect((await events())['work']!.contexts.trace).toMatchObject({ origin: 'manual' });
  });

  it('never write to what they are given', async () => {
    const user = Object.freeze({ id: '1' });
    const shop = Object.freeze({ name: 'Lagoon' });
    setUser(user);
    setContext('shop', shop);
    getGlobalScope().setUser({ email: 'a@example.com' });
    send('work');
    expect((await events())['work']).toMatchObject({
      user: { id: '1', email: 'a@example.com' },
      contexts: { shop: { name: 'Lagoon' } },
    });
  });

  it('show what an object has become until it is sent', async () => {
    const shop = { name: 'Lagoon' };
    setContext('shop', shop);
    shop.name = 'Harbour';
    send('work');
    expect((await events())['work']!.contexts).toMatchObject({ shop: { name: 'Harbour' } });
  });
});

describe('scopes', () => {
  it('add up: everywhere, isolation, current; the later one wins', async () => {
    getGlobalScope().setTags({ a: 'global', b: 'global', c: 'global' });
    getIsolationScope().setTags({ b: 'isolation', c: 'isolation' });
    getCurrentScope().setTag('c', 'current');
    send('work');
    expect((await events())['work']!.tags).toEqual({ a: 'global', b: 'isolation', c: 'current' });
  });

  it('hold for a while with withScope, as a clone', async () => {
    getCurrentScope().setTag('outer', 1);
    const result = withScope((scope) => {
      expect(getCurrentScope()).toBe(scope);
      scope.setTag('inner', 2);
      send('inside');
      return 'result';
    });
    send('outside');
    const { inside, outside } = await events();
    expect(result).toBe('result');
    expect(inside!.tags).toEqual({ outer: 1, inner: 2 });
    expect(outside!.tags).toEqual({ outer: 1 });
  });

  it('count for a root as they were when it started, with what came later', async () => {
    let root = startInactiveSpan({ name: 'none' });
    withScope((scope) => {
      root = startInactiveSpan({ name: 'root' });
      scope.setTag('late', 1);
    });
    root.end();
    expect((await events())['root']!.tags).toEqual({ late: 1 });
  });

  it('are forked by startSpan: what is set in its callback goes with its root only', async () => {
    startSpan({ name: 'root' }, () => getCurrentScope().setTag('in', 1));
    send('other');
    const { root, other } = await events();
    expect(root!.tags).toEqual({ in: 1 });
    expect(other).not.toHaveProperty('tags');
  });

  it('are forked by startNewTrace, with what they carry', () => {
    getCurrentScope().setTag('outer', 1);
    startNewTrace(() => {
      expect(getCurrentScope().getScopeData().tags).toEqual({ outer: 1 });
      getCurrentScope().setTag('inner', 1);
    });
    expect(getCurrentScope().getScopeData().tags).toEqual({ outer: 1 });
  });

  it('can be entered again, with their active span', () => {
    let saved = new Scope();
    const span = startSpan({ name: 'root' }, (root) => {
      saved = getCurrentScope();
      return root;
    });
    const result = withScope(saved, (scope) => {
      expect(scope).toBe(saved);
      expect(getCurrentScope()).toBe(saved);
      return getActiveSpan();
    });
    expect(result).toBe(span);
    expect(getActiveSpan()).toBeUndefined();
  });

  it('are left when the promise settles', async () => {
    const outer = getCurrentScope();
    const done = withScope(async (scope) => {
      await Promise.resolve();
      expect(getCurrentScope()).toBe(scope);
    });
    expect(getCurrentScope()).not.toBe(outer);
    await done;
    expect(getCurrentScope()).toBe(outer);
  });

  it('have one isolation scope', () => {
    withIsolationScope((scope) => {
      expect(scope).toBe(getIsolationScope());
      getCurrentScope().setTag('a', 1);
    });
    expect(getCurrentScope().getScopeData().tags).toEqual({});
  });

  it('of an earlier client are not taken for those of the next', async () => {
    withScope((scope) => {
      scope.setTag('old', 1);
      startInactiveSpan({ name: 'never ends' });
    });
    await close();
    start();
    send('work');
    expect((await events())['work']).not.toHaveProperty('tags');
  });
});

describe('the option scope', () => {
  it('starts a span in it', async () => {
    const scope = new Scope().setTag('a', 1);
    startInactiveSpan({ name: 'inactive', scope }).end();
    startSpan({ name: 'active', scope }, () => getCurrentScope().setTag('b', 2));
    const { inactive, active } = await events();
    expect(inactive!.tags).toEqual({ a: 1 });
    expect(active!.tags).toEqual({ a: 1, b: 2 });
    expect(scope.getScopeData().tags).toEqual({ a: 1 });
  });

  it('takes the parent of there', () => {
    const root = startInactiveSpan({ name: 'root' });
    const scope = withActiveSpan(root, () => getCurrentScope());
    const child = startSpan({ name: 'child', scope }, (span) => spanToJSON(span));
    expect(child.parent_span_id).toBe(root.spanContext().spanId);
    expect(getActiveSpan()).toBeUndefined();
  });

  it('is left alone where it is no scope', () => {
    expect(startSpan({ name: 'work', scope: {} as never }, () => 'done')).toBe('done');
  });
});

describe('addBreadcrumb', () => {
  it('keeps the latest', async () => {
    await close();
    start({ maxBreadcrumbs: 2 });
    for (const message of ['a', 'b', 'c']) addBreadcrumb({ message });
    const messages = getIsolationScope()
      .getScopeData()
      .breadcrumbs.map(({ message }) => message);
    expect(messages).toEqual(['b', 'c']);
  });

  it('keeps a hundred of a scope by default', () => {
    const scope = new Scope();
    for (let i = 0; i < 120; i++) scope.addBreadcrumb({ message: `${i}` });
    expect(scope.getScopeData().breadcrumbs).toHaveLength(100);
    expect(scope.getLastBreadcrumb()).toMatchObject({ message: '119' });
  });

  it('asks beforeBreadcrumb, which may fail', async () => {
    await close();
    start({
      beforeBreadcrumb(breadcrumb) {
        if (breadcrumb.message === 'bad') throw new Error('of the page');
        return breadcrumb.message === 'no' ? null : { ...breadcrumb, category: 'seen' };
      },
    });
    for (const message of ['yes', 'no', 'bad']) addBreadcrumb({ message, timestamp: 1 });
    expect(getIsolationScope().getScopeData().breadcrumbs).toEqual([
      { message: 'yes', timestamp: 1, category: 'seen' },
    ]);
  });

  it('shortens a message', () => {
    const scope = new Scope().addBreadcrumb({ message: 'x'.repeat(3000) });
    expect(scope.getLastBreadcrumb()!.message).toBe(`${'x'.repeat(2048)}...`);
  });
});

describe('a Scope', () => {
  it('has a clone of its own', () => {
    const scope = new Scope().setTag('a', 1);
    const clone = scope.clone().setTag('b', 2);
    scope.setTag('c', 3);
    expect(scope.getScopeData().tags).toEqual({ a: 1, c: 3 });
    expect(clone.getScopeData().tags).toEqual({ a: 1, b: 2 });
  });

  it('takes over what others carry', () => {
    const scope = new Scope().setTags({ a: 1, b: 1 }).setUser({ id: 1 });
    scope.update(new Scope().setTag('b', 2)).update({ extra: { c: 3 } });
    scope.update((own) => own.setLevel('warning'));
    expect(scope.getScopeData()).toMatchObject({
      tags: { a: 1, b: 2 },
      extra: { c: 3 },
      user: { id: 1 },
      level: 'warning',
    });
  });

  it('knows the client', () => {
    expect(new Scope().getClient()).toBe(getClient());
  });
});
