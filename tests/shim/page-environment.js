import { TestEnvironment } from 'jest-environment-jsdom';

/**
 * What every browser has and jsdom lacks, taken from Node. `Uint8Array` and `ArrayBuffer` come
 * along so that bytes made by either side pass the other's `instanceof`.
 */
const fromNode = [
  'ArrayBuffer',
  'CompressionStream',
  'Headers',
  'MessageChannel',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'Uint8Array',
  'fetch',
  'structuredClone',
];

/** jsdom with real `fetch` and bytes: pages talk to local servers as in a browser. */
export default class PageEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of fromNode) this.global[name] = globalThis[name];
  }
}
