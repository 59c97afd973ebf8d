// Servers whose spans are sent one by one, as a receiver got them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import * as Throughline from 'throughline/node';

import { startCollector } from './support/collector.mjs';
import { get, mirror, serve } from './support/servers.mjs';

let collector;
let other;
let server;

before(async () => {
  collector = await startCollector();
  Throughline.init({
    dsn: collector.dsn,
    tracesSampleRate: 1,
    traceLifecycle: 'stream',
    beforeSendSpan: Throughline.withStreamedSpan((span) => {
      if (span.name === 'work') span.attributes.seen = true;
      return span;
    }),
  });
  other = await serve(mirror);
  server = await serve(async (request, response) => {
    Throughline.setUser({ id: request.url.slice(1) });
    await Throughline.startSpan({ name: 'work' }, () => get(`${other.url}/deeper?x=1`));
    response.end('done');
  });
});

after(async () => {
  server.stop();
  other.stop();
  await Throughline.close(2000);
  collector.stop();
});

const valuesOf = ({ attributes }) =>
  Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));

const CALLER = 'd'.repeat(16);

/** The streamed spans of the request that a caller made in that trace. */
async function spansOf(traceId) {
  const isIt = (span) => span.trace_id === traceId && span.parent_span_id === CALLER;
  await collector.find(({ type, payload }) => type === 'span' && payload.items.some(isIt));
  const all = collector.received.flatMap(({ payload }) => payload.items ?? []);
  const { span_id: id } = all.find(isIt);
  return all.filter((span) => valuesOf(span)['sentry.segment.id'] === id);
}

describe('a server that streams its spans', () => {
  const traceId = 'c'.repeat(32);
  const headers = { 'sentry-trace': `${traceId}-${CALLER}-1` };

  it('sends the request, what it does and whom it asks, in one trace', async () => {
    await get(`${server.url}/u1?y=2`, { headers });
    const spans = await spansOf(traceId);
    const [request] = spans.filter((span) => span.is_segment);
    // Without a route the name tells the method only, of whom is asked the host.
    assert.equal(request.name, 'GET');
    const byName = new Map(spans.map((span) => [span.name, span]));
    const work = byName.get('work');
    const asked = byName.get('GET 127.0.0.1');
    assert.equal(work.parent_span_id, request.span_id);
    assert.equal(asked.parent_span_id, work.span_id);
    assert.equal(valuesOf(request)['url.path'], '/u1');
    assert.equal(valuesOf(request)['http.response.status_code'], 200);
    assert.equal(valuesOf(asked)['sentry.segment.name'], 'GET');
    assert.equal(valuesOf(work).seen, true);
  });

  it('says of each request who made it', async () => {
    const ids = ['e', 'f'].map((digit) => digit.repeat(32));
    await Promise.all(
      ids.map((id, index) =>
        get(`${server.url}/user${index}`, {
          headers: { 'sentry-trace': `${id}-${CALLER}-1` },
        }),
      ),
    );
    for (const [index, id] of ids.entries()) {
      const users = (await spansOf(id)).map((span) => valuesOf(span)['user.id']);
      assert.deepEqual([...new Set(users)], [`user${index}`]);
    }
  });

  it('sends no transactions, and nothing of browsers', () => {
    const types = collector.received.map(({ type }) => type);
    assert.equal(types.includes('transaction'), false);
    for (const { payload } of collector.received) {
      assert.equal('ingest_settings' in payload, false);
    }
  });
});
