// Finds ports on loopback that nobody listens on.

import net from 'node:net';

/**
 * @param {Record<string, number>} wanted port per name; 0 means any free one
 * @returns {Promise<Record<string, number>>} the wanted ports, or a free one instead of a busy one
 */
export async function choosePorts(wanted) {
  // All are held until the last one is found, so that none is given twice.
  const held = [];
  /** @type {Record<string, number>} */
  const chosen = {};
  for (const [name, port] of Object.entries(wanted)) {
    const server = (await hold(port)) ?? (await hold(0));
    held.push(server);
    chosen[name] = /** @type {net.AddressInfo} */ (server.address()).port;
  }
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return chosen;
}

/** @returns {Promise<net.Server | undefined>} nothing when the port is busy */
function hold(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
