// The line between a service and the process that started it: what the service received goes up,
// and when the line breaks, the service ends, so that none is ever left behind.

process.on('disconnect', () => process.exit());

/** @param {Record<string, unknown>} message */
export function tell(message) {
  if (process.connected) process.send(message);
}

/**
 * Reports a request with the headers that matter here, exactly as they came in.
 *
 * @param {import('node:http').IncomingMessage & { originalUrl?: string }} request
 */
export function tellRequest(request) {
  const headers = {};
  for (const name of ['sentry-trace', 'baggage', 'traceparent', 'access-control-request-headers']) {
    if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  }
  tell({
    kind: 'received',
    method: request.method,
    path: request.originalUrl ?? request.url,
    headers,
  });
}

/**
 * Listens on loopback only and says so upwards.
 *
 * @param {import('node:http').Server} server
 */
export function listen(server) {
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  server.listen(Number(process.env.DEMO_PORT), '127.0.0.1', () => tell({ kind: 'ready' }));
}
