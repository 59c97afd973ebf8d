// Starts the viewer and the four services, each as a process of its own.

import { existsSync } from 'node:fs';

import { createProcesses } from './processes.mjs';

/** The service in C++, as `npm run demo` builds it. */
const pricesProgram = new URL('../build/demo/prices', import.meta.url);

/** @returns {boolean} whether it was built */
export const pricesAreThere = () => existsSync(pricesProgram);

/**
 * @typedef {object} Received a request as a service saw it
 * @property {string} service
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers of those that matter here, the ones that came
 *
 * @typedef {object} PageEntry what the page says about a request it is about to make
 * @property {string} [route] instead of all others: the page went there
 * @property {string} method
 * @property {string} url
 * @property {boolean} attach
 * @property {string} reason
 * @property {string} traceId
 */

/**
 * @param {Record<'shop' | 'stock' | 'prices' | 'reviews' | 'viewer', number>} ports
 * @param {object} on
 * @param {(request: Received) => void} on.request
 * @param {(entry: PageEntry) => void} on.page
 * @param {(reason: string) => void} on.earlyEnd
 */
export function startAll(ports, on) {
  const at = (name) => `http://127.0.0.1:${ports[name]}`;
  const addresses = {
    shop: at('shop'),
    stock: at('stock'),
    prices: at('prices'),
    reviews: at('reviews'),
    viewer: at('viewer'),
  };

  const processes = createProcesses({
    earlyEnd: on.earlyEnd,
    message(name, message) {
      if (message.kind === 'received') on.request({ service: name, ...message });
      if (message.kind === 'page') on.page(message.entry);
    },
  });

  const env = {
    DEMO_VIEWER: addresses.viewer,
    DEMO_SHOP: addresses.shop,
    DEMO_STOCK: addresses.stock,
    DEMO_PRICES: addresses.prices,
    DEMO_REVIEWS: addresses.reviews,
  };

  const service = (name, own) =>
    processes.start({
      name,
      preload: new URL(`services/instrument-${name}.mjs`, import.meta.url),
      file: new URL(`services/${name}.mjs`, import.meta.url),
      env: { ...env, DEMO_SERVICE: name, DEMO_PORT: String(ports[name]), ...own },
    });

  const ready = Promise.all([
    startViewer(processes, ports.viewer),
    service('shop', { DEMO_TARGETS: `${addresses.stock}/,${addresses.prices}/` }),
    service('stock'),
    processes.start({
      name: 'prices',
      native: true,
      file: pricesProgram,
      env: { ...env, DEMO_SERVICE: 'prices', DEMO_PORT: String(ports.prices) },
    }),
    processes.start({
      name: 'reviews',
      file: new URL('services/reviews.mjs', import.meta.url),
      env: { DEMO_PORT: String(ports.reviews) },
    }),
  ]);

  return { addresses, ready, stop: processes.stop };
}

function startViewer(processes, port) {
  const main = import.meta.resolve('@spotlightjs/spotlight');
  return processes.start({
    name: 'viewer',
    preload: new URL('viewer/loopback.mjs', import.meta.url),
    // The command itself; through npx one could not end it.
    file: new URL('../run.js', main),
    args: ['server', '--port', String(port)],
  });
}
