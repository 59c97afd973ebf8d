// Every request of the page goes through here: the tracing core is asked what it will do, the
// request is made as usual, and whoever wants to show it is told.

import { Throughline } from './tracing.js';

/**
 * @typedef {object} Entry
 * @property {string} [route] instead of all others: the page went there
 * @property {string} [method]
 * @property {string} [url]
 * @property {boolean} [attach] whether the request carries the trace
 * @property {string} [reason] why, as the core names it
 * @property {string} [traceId]
 */

/** @type {((entry: Entry) => void)[]} */
const listeners = [];

/** @param {(entry: Entry) => void} listener */
export function onEntry(listener) {
  listeners.push(listener);
}

/**
 * @param {string} url
 * @returns {Promise<any>} the JSON of the answer
 */
export async function getJson(url) {
  // Asking sends nothing and changes nothing: fetch below decides for itself.
  const { attach, reason } = Throughline.explainPropagation(url);
  tell({
    method: 'GET',
    url: new URL(url, location.href).href,
    attach,
    reason,
    traceId: traceId(),
  });

  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}

/** @param {string} path where the page is now */
export function tellRoute(path) {
  tell({ route: path });
}

function traceId() {
  return Throughline.getTraceData()['sentry-trace']?.slice(0, 32) ?? '';
}

/** @param {Entry} entry */
function tell(entry) {
  for (const listener of listeners) listener(entry);
  // For the terminal. Beacons are not traced.
  navigator.sendBeacon('/demo/log', JSON.stringify(entry));
}
