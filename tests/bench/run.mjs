// `npm run bench -- NAME`: runs one benchmark. Performance is asserted here, as ratios to the peer
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
  const [name] = process.argv.slice(2);
  if (name === undefined) {
    console.log(list());
    return;
  }
  if (!Object.hasOwn(benchmarks, name)) {
    throw new Failure(`bench: there is no benchmark "${name}":\n${list()}`);
  }
  const run = await benchmarks[name].load();
  if (!(await run())) throw new Failure(`bench: ${name} is over its bounds.`);
});
