// Headers that nobody writes by accident: what a server answers, which trace it is in then, and what
// it sends on. Sockets are raw, as `node:http` refuses to send most of this.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';

import * as Throughline from 'throughline/node';

import { startCollector } from './support/collector.mjs';
import { get, incoming, mirror, PARENT, serve, TRACE } from './support/servers.mjs';

const LARGE = { maxHeaderSize: 512 * 1024 };
const GOOD = `${TRACE}-${PARENT}-1`;
const OWN = `sentry-trace_id=${TRACE},sentry-sampled=true,sentry-sample_rand=0.25`;
const { startSpan, suppressTracing } = Throughline;

let collector;
let next;
let app;

before(async () => {
  collector = await startCollector();
  Throughline.init({ dsn: collector.dsn, tracesSampleRate: 1, release: 'r1' });
  next = await serve(mirror, LARGE);
  // Answers the trace it is in and the headers that its own request arrived with.
  app = await serve((_request, response) => {
    const own = Throughline.getTraceData();
    get(next.url).then(({ text }) => {
      response.end(JSON.stringify({ own, next: JSON.parse(text) }));
    });
  }, LARGE);
});

after(async () => {
  app.stop();
  next.stop();
  await Throughline.close(2000);
  collector.stop();
});

/** One request of those header lines, byte for byte: the answer, as much as there was of it. */
const raw = (lines, path = '/') =>
  new Promise((resolve) => {
    const head = [`GET ${path} HTTP/1.1`, 'host: shop.test', 'connection: close', ...lines];
    const parts = [...head, '', ''].map((line) => Buffer.from(line, 'latin1'));
    const newLine = Buffer.from('\r\n');
    const socket = net.connect(app.port, '127.0.0.1', () => {
      socket.write(Buffer.concat(parts.flatMap((line) => [line, newLine]).slice(0, -1)));
    });
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => (text += part));
    socket.on('end', () => resolve(text));
    // Who refuses a request in the middle of it may reset the connection.
    socket.on('error', () => resolve(text));
  });

const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1]);
const bodyOf = (answer) => JSON.parse(/\{.*\}/s.exec(answer)[0]);
const traceOf = (headers) => headers['sentry-trace'].slice(0, 32);

/** A request of its own trace, as they come in meanwhile. */
const neighbour = async (trace) => {
  const { text } = await suppressTracing(() => get(app.url, { headers: incoming(trace) }));
  const { own, next: sent } = JSON.parse(text);
  assert.deepEqual([own, sent].map(traceOf), [trace, trace]);
};
const NEIGHBOURS = ['c', 'd', 'e'].map((digit) => digit.repeat(32));

/** @returns the answer to those lines, while others ask for something harmless */
async function among(lines) {
  const neighbours = Promise.all(NEIGHBOURS.map(neighbour));
  const answer = await raw(lines);
  await neighbours;
  assert.equal(statusOf(answer), 200);
  const { own, next: sent } = bodyOf(answer);
  // Whatever it is, it is one trace, and what goes on is well formed.
  assert.equal(traceOf(own), traceOf(sent));
  assert.match(sent['sentry-trace'], /^[0-9a-f]{32}-[0-9a-f]{16}-[01]$/);
  assert.match(sent.baggage ?? '', /^[\x21-\x7e]*$/);
  assert.ok((sent.baggage ?? '').length <= 8192);
  return { own, sent };
}

const members = (count, prefix = 'm') =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}=v${i}`).join();

describe('a baggage that is', () => {
  const hostile = {
    '64 KiB of others': `${OWN},big=${'x'.repeat(64 * 1024)}`,
    '64 KiB in one member of ours': `${OWN},sentry-big=${'x'.repeat(64 * 1024)}`,
    '64 KiB of escapes': `${OWN},sentry-big=${'%00'.repeat(22 * 1024)}`,
    '1000 members of others': `${members(1000)},${OWN}`,
    '1000 members of ours': `${OWN},${members(1000, 'sentry-m')}`,
    '1000 times the same member': `${OWN},${'sentry-release=r,'.repeat(1000)}`,
    'only commas': ','.repeat(4096),
    'only equal signs and semicolons': '=;,=;=,;;==,'.repeat(300),
    'percent garbage': `${OWN},sentry-a=%,sentry-b=%z1,%=%,sentry-%=1,sentry-c=%e0%a4,sentry-%f=%`,
    'bytes that are no UTF-8': `${OWN},sentry-a=\xff\xfe\xc3,\x80\xbf=\xed\xa0\x80`,
    'escapes of NUL, line ends and quotes': `${OWN},sentry-a=%00%0d%0a%22%3c,sentry-%00=%00`,
    'names that objects have': `${OWN},sentry-__proto__=1,sentry-constructor=2,__proto__=3`,
  };
  for (const [name, baggage] of Object.entries(hostile)) {
    it(`${name} leaves the trace of its sentry-trace`, async () => {
      const { own } = await among([`sentry-trace: ${GOOD}`, `baggage: ${baggage}`]);
      assert.equal(traceOf(own), TRACE);
    });

    it(`${name} begins nothing without a sentry-trace`, async () => {
      const { own, sent } = await among([`baggage: ${baggage}`]);
      assert.notEqual(traceOf(own), TRACE);
      assert.match(sent.baggage, /^sentry-environment=production,sentry-release=r1,/);
    });
  }

  it('in several headers is one list, of which the last of a name counts', async () => {
    const lines = ['x=1', OWN, 'sentry-release=first', ' , ', 'sentry-release=last', '%'];
    const { sent } = await among([
      `sentry-trace: ${GOOD}`,
      ...lines.map((line) => `Baggage: ${line}`),
    ]);
    assert.equal(traceOf(sent), TRACE);
    assert.deepEqual(
      sent.baggage.split(',').filter((member) => member.startsWith('sentry-release')),
      ['sentry-release=last'],
    );
  });

  it('carried on keeps what fits and no part of a member', async () => {
    const big = 'sentry-big=' + 'x'.repeat(64 * 1024);
    const { sent } = await among([`sentry-trace: ${GOOD}`, `baggage: ${big},${OWN}`]);
    assert.equal(sent.baggage, OWN);
  });
});

describe('a sentry-trace that is malformed', () => {
  const hostile = {
    'bytes that are no UTF-8': `${TRACE}-${PARENT}-\xff`,
    'digits of another script': `${TRACE.slice(2)}\xd9\xa1-${PARENT}-1`,
    '64 KiB of digits': 'a'.repeat(64 * 1024),
    'valid, then 64 KiB of dashes': GOOD + '-'.repeat(64 * 1024),
    'only dashes': '-'.repeat(1000),
    'only commas': ','.repeat(1000),
    'an escape of NUL after it': `${GOOD}%00`,
    'the text \\u0000 after it': `${GOOD}\\u0000`,
    'all zero': `${'0'.repeat(32)}-${PARENT}-1`,
    'upper case': `${'A'.repeat(32)}-${PARENT}-1`,
    'another flag': `${TRACE}-${PARENT}-2`,
    empty: '',
  };
  for (const [name, value] of Object.entries(hostile)) {
    it(`${name}: a fresh trace, and nothing of the baggage`, async () => {
      const { own, sent } = await among([`sentry-trace: ${value}`, `baggage: ${OWN}`]);
      assert.ok(![TRACE, 'A'.repeat(32), '0'.repeat(32)].includes(traceOf(own)));
      assert.ok(!sent.baggage.includes(TRACE));
    });
  }

  // Node joins them by a comma, and which of two is meant nobody can tell (propagation.md 2).
  it('twice: a fresh trace', async () => {
    const other = `${'f'.repeat(32)}-${PARENT}-0`;
    const { own } = await among([`sentry-trace: ${GOOD}`, `sentry-trace: ${other}`]);
    assert.ok(![TRACE, 'f'.repeat(32)].includes(traceOf(own)));
  });

  it('in white space only is none of it', async () => {
    const { own } = await among([`sentry-trace: \t ${GOOD} \t`, `baggage: \t${OWN} `]);
    assert.equal(traceOf(own), TRACE);
  });
});

describe('what http itself refuses', () => {
  it('is answered by http, and the next request is served', async () => {
    assert.equal(statusOf(await raw([`sentry-trace: ${GOOD}\0`])), 400);
    assert.notEqual(statusOf(await raw([`baggage: ${'x'.repeat(600 * 1024)}`])), 200);
    const { own } = await among([`sentry-trace: ${GOOD}`]);
    assert.equal(traceOf(own), TRACE);
  });
});

describe('headers about the request itself', () => {
  it('may be anything', async () => {
    const bad = '\xff\xfe%zz\\u0000';
    const names = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'user-agent'];
    const lines = names.flatMap((name) => [`${name}: ${bad}`, `${name}: ${'y'.repeat(16384)}`]);
    const { own } = await among([`sentry-trace: ${GOOD}`, 'next-router-prefetch: 1, 1', ...lines]);
    assert.equal(traceOf(own), TRACE);
  });

  it('as well as the address', async () => {
    const long = 'p'.repeat(64 * 1024);
    const path = `/%00%zz//..\\u0000?%=&&=${long}`;
    assert.equal(statusOf(await raw([], path)), 200);
    const wanted = '/%00%zz';
    const isIt = ({ payload }) => payload.transaction?.startsWith(`GET ${wanted}`);
    const { payload } = await collector.find(isIt);
    assert.equal(payload.contexts.trace.data['http.response.status_code'], 200);
  });
});

describe('a baggage that the application set', () => {
  const ways = {
    http: (headers) => get(next.url, { headers }).then(({ text }) => JSON.parse(text)),
    fetch: (headers) => fetch(next.url, { headers }).then((response) => response.json()),
  };
  const ours = /sentry-environment=production,sentry-release=r1,/;
  for (const [name, send] of Object.entries(ways)) {
    const sent = (baggage) => startSpan({ name: 'root' }, () => send({ baggage }));

    it(`${name}: of 64 KiB stays, ours is left out`, async () => {
      const theirs = `a=${'x'.repeat(64 * 1024)}`;
      const { baggage, 'sentry-trace': trace } = await sent(theirs);
      assert.equal(baggage, theirs);
      assert.match(trace, /^[0-9a-f]{32}-[0-9a-f]{16}-1$/);
    });

    it(`${name}: that leaves too little of 8192 bytes stays, ours is left out`, async () => {
      const theirs = `a=${'x'.repeat(8180)}`;
      assert.equal((await sent(theirs)).baggage, theirs);
    });

    it(`${name}: of 64 members stays, ours is left out`, async () => {
      const theirs = members(64);
      assert.equal((await sent(theirs)).baggage, theirs);
    });

    it(`${name}: of 64 KiB in members of ours is replaced`, async () => {
      const { baggage } = await sent(`sentry-a=${'x'.repeat(64 * 1024)},b=1`);
      assert.match(baggage, /^b=1,sentry-environment=production,/);
      assert.ok(baggage.length < 1024);
    });

    it(`${name}: of commas, percent signs and bytes above ASCII goes with ours`, async () => {
      for (const theirs of [',,,', 'a=%', '%zz', 'a=\xff\xfe', '=', ';;']) {
        const { baggage } = await sent(theirs);
        assert.match(baggage, ours);
        assert.doesNotMatch(baggage, /\xef\xbf\xbd|\ufffd/);
      }
    });
  }
});
