// `npm run bench -- NAME...`: runs benchmarks, one after the other. Performance is asserted here, as ratios to the peer
// measured in the same run, and never in tests.
import { Failure, main } from '../../.ci/lib/command.mjs';

/** A benchmark prints its table and answers whether its bounds hold. */
const benchmarks = {
  request: {
    about: 'microseconds per fetch in an open root span',
    load: async () => (await import('./request.mjs')).request,
  },
  span: {
    about: 'microseconds per span of the application, in a root of 1000',
    load: async () => (await import('./span.mjs')).span,
  },
  growth: {
    about: 'whether a request costs more where there are many, and with many targets',
    load: async () => (await import('./growth.mjs')).growth,
  },
  navigation: {
    about: 'microseconds per navigation, with one request on its route',
    load: async () => (await import('./navigation.mjs')).navigation,
  },
  memory: {
    about: 'what a page holds after init, after 10 routes, after 100 000 routes',
    load: async () => (await import('./memory.mjs')).memory,
  },
  init: {
    about: 'script CPU of loading and starting',
    load: async () => (await import('./init.mjs')).init,
  },
  server: {
    about: 'requests per second of an Express server, against the same without tracing',
    load: async () => (await import('./server.mjs')).server,
  },
  'server-memory': {
    about: 'what a server holds after 200 000 requests',
    load: async () => (await import('./server-memory.mjs')).serverMemory,
  },
};

const list = () =>
  Object.entries(benchmarks)
    .map(([name, { about }]) => `  npm run bench -- ${name.padEnd(13)}  ${about}`)
    .join('\n');

await main(import.meta.url, async () => {
  const names = process.argv.slice(2);
  if (names.length === 0) {
    console.log(list());
    return;
  }
  const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
  if (unknown !== undefined) {
    throw new Failure(`bench: there is no benchmark "${unknown}":\n${list()}`);
  }
  const over = [];
  for (const name of names) {
    if (names.length > 1) console.log(`\n== ${name}`);
    const run = await benchmarks[name].load();
    if (!(await run())) over.push(name);
  }
  if (over.length > 0) throw new Failure(`bench: over the bounds: ${over.join(', ')}.`);
});
