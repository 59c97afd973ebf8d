// Shows the page's requests below the shop.

import { onEntry } from './requests.js';
import { fill } from './fill.js';

const MOST_LINES = 12;

/** @param {HTMLElement} list */
export function showLog(list) {
  onEntry((entry) => {
    list.append(entry.route ? routeLine(entry.route) : requestLine(entry));
    while (list.children.length > MOST_LINES) list.firstElementChild.remove();
  });
}

/** @param {string} path */
function routeLine(path) {
  const line = document.createElement('li');
  line.className = 'route';
  line.textContent = path;
  return line;
}

/** @param {import('./requests.js').Entry} entry */
function requestLine({ method, url, attach, reason, traceId }) {
  const line = fill('entry', {
    '.what': `${method} ${url.replace('http://', '')}`,
    '.badge': attach ? 'carries trace' : 'no header',
    '.reason': reason,
    '.trace': attach ? `${traceId.slice(0, 8)}…` : '–',
  });
  line.querySelector('.badge').classList.toggle('attached', attach);
  line.querySelector('.trace').setAttribute('title', traceId);
  return line;
}
