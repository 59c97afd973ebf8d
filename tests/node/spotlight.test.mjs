// Spotlight: a copy of every envelope, for a receiver that is another than the DSN's.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startCollector } from './support/collector.mjs';
import { run } from './support/run.mjs';
import { serve } from './support/servers.mjs';

let backend;
let sidecar;
let stream;
let count = 0;

before(async () => {
  [backend, sidecar] = await Promise.all([startCollector(), startCollector()]);
  stream = `${new URL(sidecar.dsn).origin}/stream`;
});

after(() => {
  backend.stop();
  sidecar.stop();
});

/** A process that sends one transaction: its name and what was printed. */
async function sendOne(options, env = {}) {
  const name = `root ${++count}`;
  const output = await run(
    `
    const { init, startSpan } = await import('throughline/node');
    init({ tracesSampleRate: 1, ...${JSON.stringify(options)} });
    startSpan({ name: '${name}' }, () => undefined);
  `,
    env,
  );
  return { name, output };
}

const has = ({ received }, name) => received.some(({ payload }) => payload.transaction === name);

describe('an envelope', () => {
  it('goes to Spotlight as well as to the DSN', async () => {
    const { name } = await sendOne({ dsn: backend.dsn, spotlight: stream });
    const shown = await sidecar.transaction(name);
    const sent = await backend.transaction(name);
    assert.deepEqual(shown.payload, sent.payload);
    assert.equal(shown.url, '/stream');
    assert.equal(shown.headers['content-type'], 'application/x-sentry-envelope');
    assert.equal(shown.headers['sentry-trace'], undefined);
  });

  it('goes to Spotlight without a DSN, and to no tunnel', async () => {
    const { name } = await sendOne({ spotlight: stream, tunnel: `${backend.dsn}/tunnel` });
    const { payload } = await sidecar.transaction(name);
    assert.match(payload.contexts.trace.trace_id, /^[0-9a-f]{32}$/);
    assert.ok(!has(backend, name));
  });

  it('goes to Spotlight as well as to a transport of the application', async () => {
    const output = await run(`
      const { init, startSpan } = await import('throughline/node');
      const transport = () => ({
        send: async ([, [[, { transaction }]]]) => console.log('sent ' + transaction),
      });
      init({ dsn: '${backend.dsn}', tracesSampleRate: 1, spotlight: '${stream}', transport });
      startSpan({ name: 'by transport' }, () => undefined);
    `);
    assert.match(output, /sent by transport/);
    await sidecar.transaction('by transport');
    assert.ok(!has(backend, 'by transport'));
  });

  it('goes to Spotlight alone without a DSN, also where there is a transport', async () => {
    const output = await run(`
      const { init, startSpan } = await import('throughline/node');
      const transport = () => ({ send: async () => console.log('sent') });
      init({ tracesSampleRate: 1, spotlight: '${stream}', transport });
      startSpan({ name: 'for nobody else' }, () => undefined);
    `);
    await sidecar.transaction('for nobody else');
    assert.doesNotMatch(output, /sent/);
  });

  it('is not compressed for it, however large', async () => {
    const { name } = await sendOne({
      dsn: backend.dsn,
      spotlight: stream,
      release: 'r'.repeat(40000),
    });
    const { headers } = await sidecar.transaction(name);
    assert.equal(headers['content-encoding'], undefined);
    assert.equal((await backend.transaction(name)).headers['content-encoding'], 'gzip');
  });

  it('goes to the DSN where Spotlight is not there, which debug tells once', async () => {
    const closed = await serve(() => undefined);
    closed.stop();
    const output = await run(`
      const { init, startSpan, flush } = await import('throughline/node');
      init({ dsn: '${backend.dsn}', tracesSampleRate: 1, debug: true, spotlight: '${closed.url}' });
      for (let i = 0; i < 3; i++) {
        startSpan({ name: 'unseen ' + i }, () => undefined);
        await flush();
      }
    `);
    await backend.transaction('unseen 2');
    assert.equal(output.match(/spotlight: .* cannot be reached/g)?.length, 1);
  });

  it('goes there no more after four failures in a row', async () => {
    let calls = 0;
    const broken = await serve((request) => {
      calls++;
      request.socket.destroy();
    });
    await run(`
      const { init, startSpan, flush } = await import('throughline/node');
      init({ tracesSampleRate: 1, spotlight: '${broken.url}' });
      for (let i = 0; i < 6; i++) {
        startSpan({ name: 'root' }, () => undefined);
        await flush();
      }
    `);
    assert.equal(calls, 4);
    broken.stop();
  });
});

describe('SENTRY_SPOTLIGHT', () => {
  const env = (word) => ({ SENTRY_SPOTLIGHT: word });

  it('is a URL', async () => {
    const { name } = await sendOne({}, env(stream));
    await sidecar.transaction(name);
  });

  it('is used by an option that is true', async () => {
    const { name } = await sendOne({ spotlight: true }, env(stream));
    await sidecar.transaction(name);
  });

  it('counts for nothing beside an option that is false or a URL', async () => {
    const off = await sendOne({ dsn: backend.dsn, spotlight: false }, env(stream));
    const there = await sendOne({ spotlight: stream }, env('http://127.0.0.1:1/'));
    await backend.transaction(off.name);
    await sidecar.transaction(there.name);
    assert.ok(!has(sidecar, off.name));
  });

  // Nobody is at the port of the sidecar here, or a real one is: what is tried is what counts.
  for (const word of ['true', 'YES', '1', 'on', 't', 'y']) {
    it(`"${word}" means the sidecar at its usual place`, async () => {
      const output = await run(
        `
        const http = (await import('node:http')).default;
        const { request } = http;
        http.request = (options) => {
          console.log(options.href);
          return request(options);
        };
        const { init, startSpan } = await import('throughline/node');
        init({ tracesSampleRate: 1 });
        startSpan({ name: 'root' }, () => undefined);
      `,
        env(word),
      );
      assert.equal(output, 'http://localhost:8969/stream');
    });
  }

  for (const word of ['false', 'No', '0', 'off', 'f', 'n', '']) {
    it(`"${word}" means that it is off`, async () => {
      const { name } = await sendOne({ dsn: backend.dsn }, env(word));
      await backend.transaction(name);
      assert.ok(!has(sidecar, name));
    });
  }

  it('that is nothing of it leaves it off, as debug tells', async () => {
    const { output } = await sendOne({ debug: true }, env('perhaps'));
    assert.match(output, /spotlight: expected true or a URL, got "perhaps"; it is off/);
  });
});

describe('the real Spotlight', () => {
  const main = import.meta.resolve('@spotlightjs/spotlight');
  const program = fileURLToPath(new URL('../run.js', main));
  // Keeps it to this machine, and says when it listens.
  const loopback = new URL('../../demo/viewer/loopback.mjs', import.meta.url);
  let child;

  // What it does on a signal that it may handle waits for those who look.
  after(() => child.kill('SIGKILL'));

  it('shows the transaction', { timeout: 20_000 }, async () => {
    const free = await serve(() => undefined);
    const { port } = free;
    free.stop();
    child = fork(program, ['server', '--port', String(port)], {
      execArgv: ['--import', loopback.href],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(child, 'message');
    const url = `http://127.0.0.1:${port}/stream`;
    const headers = { accept: 'text/event-stream' };
    const [answer] = await once(http.get(url, { headers }), 'response');
    const { name } = await sendOne({ spotlight: url });
    let text = '';
    for await (const part of answer) {
      text += part;
      if (text.includes(name)) break;
    }
    assert.match(text, /"type":"transaction"/);
  });
});
