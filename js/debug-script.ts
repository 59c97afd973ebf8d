// Another script tag: adds the functions of `throughline/debug` to the global `Throughline`.
import * as debug from './debug.js';

const { Throughline } = globalThis as { Throughline?: object };
if (Throughline) {
  Object.assign(Throughline, debug);
} else {
  console.warn('[throughline] throughline.min.js has to be loaded before this script');
}
