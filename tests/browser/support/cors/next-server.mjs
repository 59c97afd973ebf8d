// Next's development server for the application in a folder, on a free port of the loopback.
import { createServer } from 'node:http';

import next from 'next';

const app = next({ dev: true, dir: process.argv[2], hostname: '127.0.0.1' });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
