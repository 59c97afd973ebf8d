// An Express server in a process of its own, which says hello under one of the variants.
import { performance } from 'node:perf_hooks';

import { variants } from './variants.mjs';

const { VARIANT, DSN: dsn, COLLECTOR: collector } = process.env;

const loading = performance.now();
const { init, traceId } = await variants[VARIANT]({ dsn, collector });
const starting = performance.now();
init();
const started = performance.now();

// As documented by all of them: loaded after they were started.
const { default: express } = await import('express');
const app = express();
let requests = 0;
app.get('/', (request, response) => {
  requests++;
  response.send('Hello World!');
});
// Which trace the request is in.
app.get('/trace', (request, response) => {
  response.send(traceId() ?? '');
});

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ requests, cpu: user + system });
});
process.on('disconnect', () => process.exit());
const server = app.listen(0, '127.0.0.1', () => {
  process.send({
    url: `http://127.0.0.1:${server.address().port}`,
    loading: starting - loading,
    starting: started - starting,
  });
});
