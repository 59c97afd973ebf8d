// The second script tag: adds the functions of `throughline/errors` to the global `Throughline`.
import * as errors from './errors.js';

const { Throughline } = globalThis as { Throughline?: object };
if (Throughline) {
  Object.assign(Throughline, errors);
} else {
  console.warn('[throughline] throughline.min.js has to be loaded before this script');
}
