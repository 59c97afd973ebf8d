// `npm run bench -- server-memory`: what a traced server holds after 200 000 requests, against what
// it held after the first 50 000. Every request is sampled, and a receiver takes all of it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

import { Failure } from '../../.ci/lib/command.mjs';
import { startServerReceiver } from './server/receiver.mjs';

const STEP = 50_000;
const STEPS = 4;
/** Kept-alive connections. More are answered no faster. */
const CONNECTIONS = 16;

/**
 * Bytes that may come between the first and the last step. The heap of an idle process moves by some
 * hundred KB; one byte kept of each request would be 150 KB more. The core's memory never shrinks, so
 * it has to be as large as it will ever be.
 */
const BOUNDS = { heap: 1 << 20, core: 0 };

/** Headers of a caller in a trace of its own. */
const trace = (number) => ({
  'sentry-trace': `${number.toString(16).padStart(32, 'a')}-${'b'.repeat(16)}-1`,
  baggage: `sentry-trace_id=${number.toString(16).padStart(32, 'a')},sentry-sampled=true`,
});

const ask = (url, agent, number) =>
  new Promise((resolve, reject) => {
    // Half of them continue a trace, the others begin one.
    const headers = number % 2 === 0 ? trace(number) : {};
    const sent = request(`${url}/items/${number % 1000}?page=3`, { agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    });
    sent.on('error', reject);
    sent.end();
  });

/** Makes the requests from `first` on. */
async function drive(url, agent, first) {
  let next = first;
  const end = first + STEP;
  const work = async () => {
    while (next < end) {
      const status = await ask(url, agent, next++);
      if (status !== 200) throw new Failure(`bench: a request was answered with ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

const mebibytes = (bytes) => (bytes / (1 << 20)).toFixed(2).padStart(9);

/** @throws {Failure} when the server did not do what it is measured for. */
function verify({ transactions, lost, traced }) {
  const wanted = STEP * STEPS;
  console.log(`\n${transactions} transactions arrived, ${lost} more were reported as lost.`);
  if (transactions + lost !== wanted || transactions < 0.9 * wanted) {
    throw new Failure(`bench: ${wanted} transactions were to arrive or to be reported as lost.`);
  }
  if (traced !== wanted / 10) {
    throw new Failure(`bench: ${traced} of ${wanted / 10} outgoing requests carried the trace.`);
  }
}

/** @returns whether the bounds hold. */
export async function serverMemory() {
  const receiver = await startServerReceiver();
  const { dsn, backend, counts } = receiver;
  const app = fork(fileURLToPath(new URL('server/app.mjs', import.meta.url)), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, DSN: dsn, BACKEND: backend },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const [url] = await once(app, 'message');
    const taken = [];
    console.log('MiB                heap     core      rss   requests/s');
    for (let step = 0; step < STEPS; step++) {
      const start = Date.now();
      await drive(url, agent, step * STEP);
      const rate = Math.round((STEP * 1000) / (Date.now() - start));
      app.send('measure');
      const [held] = await once(app, 'message');
      taken.push(held);
      const figures = [held.heap, held.core, held.rss].map(mebibytes).join('');
      console.log(
        `after ${String((step + 1) * STEP).padStart(7)} ${figures}${String(rate).padStart(13)}`,
      );
    }
    verify(counts);
    const [first, last] = [taken[0], taken.at(-1)];
    let allHold = true;
    console.log();
    for (const [what, bound] of Object.entries(BOUNDS)) {
      const grown = last[what] - first[what];
      const holds = grown <= bound;
      allHold &&= holds;
      console.log(
        `${holds ? 'ok  ' : 'OVER'}  ${what}: ${grown} bytes more after ${STEP * STEPS} requests ` +
          `than after ${STEP}, bound ${bound}`,
      );
    }
    return allHold;
  } finally {
    app.kill();
    agent.destroy();
    receiver.close();
  }
}
