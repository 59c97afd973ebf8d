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

/** Of a pair of processes. */
const ROUNDS = { most: 16, seconds: 20 };
/** Of one sample. Short ones, so that what slows the machine down for a while slows down both. */
const SECONDS = 0.2;
/** How often autocannon looks whether it is over, in milliseconds; it does so every second by itself. */
const LOOK_MS = 10;
const CONNECTIONS = 32;
/** Until most of a server is compiled. */
const WARM_UP_SECONDS = 2;

const PLAIN = 'plain';
const UNTRACED = new Set([PLAIN, 'AsyncLocalStorage alone']);
const OURS = 'throughline, rate 0';
/** Each wants to be passed. */
const PEERS = ['@sentry/node, rate 0', 'OpenTelemetry, always off'];
/** Of the requests of the plain server. */
const LEAST_SHARE = 0.9;
/**
 * Processes per variant, each beside one of the plain server: those of one variant differ by up to
 * 15 %. More for what is near its bound.
 */
const processesOf = (variant) => (variant === OURS ? 10 : 2);
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
  if (found !== (UNTRACED.has(variant) ? '' : TRACE_ID)) {
    throw new Failure(`bench: ${variant}: a request was in the trace "${found}".`);
  }
}

async function usage({ server }) {
  server.send('usage');
  const [told] = await once(server, 'message');
  return told;
}

const load = ({ url }, duration) =>
  autocannon({ url, connections: CONNECTIONS, duration, sampleInt: LOOK_MS });

/** @returns requests per second, and microseconds of all threads per request */
async function sample(entry) {
  const before = await usage(entry);
  const { errors, non2xx, requests, start, finish } = await load(entry, SECONDS);
  if (errors + non2xx > 0) {
    throw new Failure(`bench: ${entry.variant}: ${errors} errors, ${non2xx} bad answers.`);
  }
  const after = await usage(entry);
  return {
    rate: (requests.total * 1000) / (finish - start),
    cpu: (after.cpu - before.cpu) / (after.requests - before.requests),
  };
}

/**
 * A process of the variant and one of the plain server. More would be in each other's way.
 *
 * @returns of each: its variant, its samples, and what starting took
 */
async function measurePair(variant, receiver) {
  const servers = [];
  try {
    for (const each of [PLAIN, variant]) {
      const entry = await start(each, receiver);
      servers.push(entry);
      await verify(entry);
      await load(entry, WARM_UP_SECONDS);
    }
    const samples = await interleave(servers, ROUNDS, sample);
    const [bare] = samples.values();
    const shareOf = (each, round) => ({ ...each, share: each.rate / bare[round].rate });
    return servers.map((entry) => ({ ...entry, taken: samples.get(entry).map(shareOf) }));
  } finally {
    for (const { server: each } of servers) each.kill();
  }
}

/** A line per bound. @returns whether all hold */
function judge(results) {
  const { share, loading, starting } = results.get(OURS);
  const bounds = [
    [
      share >= LEAST_SHARE,
      `${OURS}: ${share.toFixed(2)} of the requests of the plain server, bound ${LEAST_SHARE}`,
    ],
    ...PEERS.map((peer) => {
      const times = share / results.get(peer).share;
      return [times > 1, `${OURS}: ${times.toFixed(2)}x the requests of ${peer}, bound above 1x`];
    }),
    [
      starting < START_MS,
      `init: ${starting.toFixed(1)} ms, bound ${START_MS}; loading the package before it: ` +
        `${loading.toFixed(1)} ms`,
    ],
  ];
  for (const [holds, what] of bounds) console.log(`${holds ? 'ok   ' : 'OVER '} ${what}`);
  return bounds.every(([holds]) => holds);
}

/** @returns whether the bounds hold. */
export async function server() {
  const receiver = await startServerReceiver();
  try {
    const measured = [];
    const others = Object.keys(variants).filter((variant) => variant !== PLAIN);
    for (let i = 0; i < processesOf(OURS); i++) {
      for (const variant of others.filter((each) => i < processesOf(each))) {
        measured.push(...(await measurePair(variant, receiver)));
      }
    }
    console.log(
      `\n${processesOf(OURS)} processes of ours and ${processesOf()} of each other variant, each beside ` +
        `a plain one, up to ${ROUNDS.most} rounds of ${SECONDS} s ` +
        `with ${CONNECTIONS} connections; medians, ± half of the middle half; ` +
        `${loadavg()[0].toFixed(1)} processes want ${availableParallelism()} processors.\n\n` +
        'variant                      requests/s   of plain          CPU µs   load ms   init ms',
    );
    const results = new Map();
    for (const variant of Object.keys(variants)) {
      const processes = measured.filter((each) => each.variant === variant);
      const taken = processes.flatMap((each) => each.taken);
      const middle = (list, key) => median(list.map((each) => each[key]));
      const shares = taken.map(({ share }) => share);
      const spread = (quantile(shares, 0.75) - quantile(shares, 0.25)) / 2;
      const result = {
        share: median(shares),
        loading: middle(processes, 'loading'),
        starting: middle(processes, 'starting'),
      };
      results.set(variant, result);
      console.log(
        variant.padEnd(26),
        middle(taken, 'rate').toFixed(0).padStart(12),
        `${result.share.toFixed(2)} ±${spread.toFixed(2)}`.padStart(12),
        middle(taken, 'cpu').toFixed(0).padStart(13),
        result.loading.toFixed(0).padStart(9),
        result.starting.toFixed(1).padStart(9),
      );
    }
    const { transactions, lost } = receiver.counts;
    console.log(`\n${transactions} transactions arrived, ${lost} were reported as lost.\n`);
    if (transactions === 0) throw new Failure('bench: at rate 1 no transaction arrived.');
    return judge(results);
  } finally {
    receiver.close();
  }
}
