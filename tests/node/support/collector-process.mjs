// A receiver in a process of its own, which nothing of ours runs in: tells its parent what arrived.
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

// Idle connections stay: a proxy that uses one again just as it is closed would lose an envelope.
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    const isCompressed = request.headers['content-encoding'] === 'gzip';
    const { headers, url } = request;
    const text = (isCompressed ? gunzipSync(body) : body).toString();
    process.send({ kind: 'envelope', headers, url, text });
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send({ kind: 'ready', port: server.address().port });
});
process.on('disconnect', () => process.exit());
