// A service on the peer's SDK, in a process of its own: answers the headers that its own request to
// NEXT_URL arrived with.
import http from 'node:http';

import * as Sentry from '@sentry/node';

Sentry.init({ dsn: process.env.DSN, tracesSampleRate: 1, release: 'peer' });

const server = http.createServer((_request, response) => {
  http.get(process.env.NEXT_URL, (answer) => answer.pipe(response));
});
server.listen(0, '127.0.0.1', () => {
  process.send(server.address().port);
});
process.on('disconnect', () => process.exit());
