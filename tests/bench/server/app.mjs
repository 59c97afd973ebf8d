// A traced server in a process of its own (`--expose-gc`), which tells what memory it holds when it
// is asked. Every tenth request makes one of its own.
import http from 'node:http';

// The memory of the core, which no figure of the process tells apart.
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const instance = new Instance(module, imports);
  const exported = Object.values(instance.exports);
  memories.push(...exported.filter((each) => each instanceof WebAssembly.Memory));
  return instance;
};
const { flush, init, setTag } = await import('throughline/node');

const { DSN: dsn, BACKEND: backend } = process.env;
init({ dsn, tracesSampleRate: 1, release: 'bench@1' });

const agent = new http.Agent({ keepAlive: true });
let count = 0;
const server = http.createServer((request, response) => {
  setTag('number', String(count));
  if (++count % 10 !== 0) {
    response.end('{}');
    return;
  }
  http.get(backend, { agent }, (answer) => answer.pipe(response));
});
server.keepAliveTimeout = 600_000;

process.on('message', async () => {
  await flush();
  // As before the process ends: what was lost is told as well.
  process.emit('beforeExit', 0);
  await flush();
  // What finalizers leave behind goes with the second.
  for (let round = 0; round < 2; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { heapUsed, rss } = process.memoryUsage();
  const core = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  process.send({ heap: heapUsed, core, rss });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.send(`http://127.0.0.1:${server.address().port}`);
});
