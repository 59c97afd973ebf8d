// `npm run bench -- server`: what tracing costs an Express server that says hello, as requests per
// second, against the same server without it and against the peers.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

import autocannon from 'autocannon';

import { Failure } from '../../.ci/lib/command.mjs';
import { interleave } from './lib/rounds.mjs';
import { median, quantile } from './lib/statistics.mjs';
import { startServerReceiver } from './server/receiver.mjs';
import { variants } from './server/variants.mjs';

const ROUNDS = { most: 9, seconds: 180 };
/** Of one sample. */
const SECONDS = 2;
const CONNECTIONS = 32;
/** Until most of a server is compiled. */
const WARM_UP_SECONDS = 5;
/** Processes that are started to see how long that takes. */
const STARTS = 5;

const OURS = 'throughline, rate 0';
/** Each wants to be passed; `isMet` false: an aim so far, which fails nothing. */
const PEERS = [
  { peer: '@sentry/node, rate 0', isMet: true },
  { peer: 'OpenTelemetry, always off', isMet: true },
];
/** Share of the requests of the plain server. */
const SHARE = { least: 0.9, isMet: false };
const START_MS = 50;

const TRACE_ID = 'abcdef0123456789'.repeat(2);
/** A caller in a trace of its own, not sampled, in the words of all variants. */
const CALLER = {
  'sentry-trace': `${TRACE_ID}-${'b'.repeat(16)}-0`,
  baggage: `sentry-trace_id=${TRACE_ID},sentry-sampled=false`,
  traceparent: `00-${TRACE_ID}-${'b'.repeat(16)}-00`,
};

/** Starts a server. @returns what it told, and the process */
async function start(variant, { dsn, backend }) {
  const server = fork(fileURLToPath(new URL('server/hello.mjs', import.meta.url)), {
    env: { ...process.env, VARIANT: variant, DSN: dsn, COLLECTOR: `${backend}v1/traces` },
  });
  const gone = once(server, 'exit').then(([code]) => {
    throw new Failure(`bench: the server with ${variant} ended with ${code}.`);
  });
  const [told] = await Promise.race([once(server, 'message'), gone]);
  gone.catch(() => {});
  return { ...told, variant, server };
}

/** Is it traced, and is the plain one not? */
async function verify({ url, variant }) {
  const answer = await fetch(`${url}/trace`, { headers: CALLER });
  const found = await answer.text();
  if (found !== (variant === 'plain' ? '' : TRACE_ID)) {
    throw new Failure(`bench: ${variant}: a request was in the trace "${found}".`);
  }
}

async function usage({ server }) {
  server.send('usage');
  const [told] = await once(server, 'message');
  return told;
}

const load = ({ url }, duration) => autocannon({ url, connections: CONNECTIONS, duration });

/** @returns requests per second, and microseconds of all threads per request */
async function sample(entry) {
  const before = await usage(entry);
  const { errors, non2xx, requests } = await load(entry, SECONDS);
  if (errors + non2xx > 0) {
    throw new Failure(`bench: ${entry.variant}: ${errors} errors, ${non2xx} bad answers.`);
  }
  const after = await usage(entry);
  return {
    rate: requests.total / SECONDS,
    cpu: (after.cpu - before.cpu) / (after.requests - before.requests),
  };
}

/** Milliseconds for loading and for starting, each the median of several processes. */
async function measureStart(variant, receiver) {
  const taken = [];
  for (let i = 0; i < STARTS; i++) {
    const { loading, starting, server } = await start(variant, receiver);
    server.kill();
    taken.push({ loading, starting });
  }
  return {
    loading: median(taken.map(({ loading }) => loading)),
    starting: median(taken.map(({ starting }) => starting)),
  };
}

/** A line per bound. @returns whether those that are met already hold */
function judge(results) {
  const ours = results.get(OURS);
  const lines = [];
  let allHold = true;
  const say = (holds, what, isMet = true) => {
    const verdict = holds ? 'ok' : isMet ? 'OVER' : 'NOT YET';
    lines.push(`${verdict.padEnd(7)}  ${what}`);
    allHold &&= holds || !isMet;
  };
  const limit = (isMet) => (isMet ? 'bound' : 'aim');
  say(
    ours.share >= SHARE.least,
    `${OURS}: ${ours.share.toFixed(2)} of the requests of the plain server, ` +
      `${limit(SHARE.isMet)} ${SHARE.least}`,
    SHARE.isMet,
  );
  for (const { peer, isMet } of PEERS) {
    const times = ours.share / results.get(peer).share;
    say(
      times > 1,
      `${OURS}: ${times.toFixed(2)}x the requests of ${peer}, ${limit(isMet)} above 1x`,
      isMet,
    );
  }
  say(
    ours.starting < START_MS,
    `init: ${ours.starting.toFixed(1)} ms, bound ${START_MS}; loading the package before it: ` +
      `${ours.loading.toFixed(1)} ms`,
  );
  console.log(lines.join('\n'));
  return allHold;
}

/** @returns whether the bounds hold. */
export async function server() {
  const receiver = await startServerReceiver();
  const servers = [];
  try {
    const starts = new Map();
    for (const variant of Object.keys(variants)) {
      starts.set(variant, await measureStart(variant, receiver));
      const entry = await start(variant, receiver);
      servers.push(entry);
      await verify(entry);
      await load(entry, WARM_UP_SECONDS);
    }
    const samples = await interleave(servers, ROUNDS, sample);
    const bare = samples.get(servers[0]);
    const results = new Map();
    console.log(
      `\n${bare.length} rounds of ${SECONDS} s, ${CONNECTIONS} connections; medians, ± half of ` +
        `the middle half; ${loadavg()[0].toFixed(1)} processes want ${availableParallelism()} ` +
        'processors.\n\n' +
        'variant                      requests/s   of plain          CPU µs   load ms   init ms',
    );
    for (const [{ variant }, taken] of samples) {
      const shares = taken.map(({ rate }, round) => rate / bare[round].rate);
      const spread = (quantile(shares, 0.75) - quantile(shares, 0.25)) / 2;
      const result = { share: median(shares), ...starts.get(variant) };
      results.set(variant, result);
      console.log(
        variant.padEnd(26),
        median(taken.map(({ rate }) => rate))
          .toFixed(0)
          .padStart(12),
        `${result.share.toFixed(2)} ±${spread.toFixed(2)}`.padStart(12),
        median(taken.map(({ cpu }) => cpu))
          .toFixed(0)
          .padStart(13),
        result.loading.toFixed(0).padStart(9),
        result.starting.toFixed(1).padStart(9),
      );
    }
    const { transactions, lost } = receiver.counts;
    console.log(`\n${transactions} transactions arrived, ${lost} were reported as lost.\n`);
    if (transactions === 0) throw new Failure('bench: at rate 1 no transaction arrived.');
    return judge(results);
  } finally {
    for (const { server: each } of servers) each.kill();
    receiver.close();
  }
}
