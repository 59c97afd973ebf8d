// One trace through services of both makers, in both orders.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as Throughline from 'throughline/node';

import { startCollector } from './support/collector.mjs';
import { get, incoming, mirror, PARENT, serve, TRACE } from './support/servers.mjs';

const PEER = fileURLToPath(new URL('support/peer-process.mjs', import.meta.url));
const { suppressTracing } = Throughline;
let collector;
let end;
let ours;
let peer;
let next;

before(async () => {
  collector = await startCollector();
  Throughline.init({ dsn: collector.dsn, tracesSampleRate: 1, release: 'ours' });
  end = await serve(mirror);
  ours = await serve((_request, response) => {
    get(next).then(({ text }) => response.end(text));
  });
  const env = { ...process.env, DSN: collector.dsn, NEXT_URL: `${ours.url}/ours` };
  peer = fork(PEER, { env });
  peer.port = await new Promise((resolve) => {
    peer.on('message', resolve);
  });
});

after(async () => {
  peer.kill();
  end.stop();
  ours.stop();
  await Throughline.close(2000);
  collector.stop();
});

const membersOf = (baggage) =>
  Object.fromEntries(baggage.split(',').map((each) => each.split('=')));

describe('the peer, then ours', () => {
  it('are in one trace, each below the request of the other', async () => {
    next = `${end.url}/last`;
    const url = `http://127.0.0.1:${peer.port}/first`;
    const { text } = await suppressTracing(() => get(url));
    const last = JSON.parse(text);
    const own = await collector.find(({ payload }) => payload.transaction === 'GET /ours');
    const theirs = await collector.find(({ payload }) => payload.transaction === 'GET /first');
    const { trace_id: trace, parent_span_id: parent } = own.payload.contexts.trace;
    assert.equal(trace, theirs.payload.contexts.trace.trace_id);
    assert.ok(theirs.payload.spans.some(({ span_id: id }) => id === parent));
    // It tells others of a transaction name that its own envelope does not have.
    const sent = { ...theirs.envelope.trace, transaction: 'GET /first' };
    assert.deepEqual(own.envelope.trace, sent);
    const [child] = own.payload.spans;
    assert.equal(last['sentry-trace'], `${trace}-${child.span_id}-1`);
    assert.equal(membersOf(last.baggage)['sentry-release'], 'peer');
  });
});

describe('ours, then the peer, then ours', () => {
  it('carry flag and sampling context of the caller, member for member', async () => {
    const head = await serve((_request, response) => {
      get(`http://127.0.0.1:${peer.port}/middle`).then(({ text }) => response.end(text));
    });
    next = `${end.url}/last`;
    const headers = incoming();
    const { text } = await suppressTracing(() => get(`${head.url}/head`, { headers }));
    const last = JSON.parse(text);
    assert.match(last['sentry-trace'], new RegExp(`^${TRACE}-[0-9a-f]{16}-1$`));
    assert.deepEqual(membersOf(last.baggage), membersOf(headers.baggage));
    const root = await collector.transaction('GET /head');
    const middle = await collector.transaction('GET /middle');
    assert.equal(root.payload.contexts.trace.parent_span_id, PARENT);
    const [child] = root.payload.spans;
    assert.equal(middle.payload.contexts.trace.parent_span_id, child.span_id);
    head.stop();
  });
});
