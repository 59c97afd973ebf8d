// The shop's page: which view belongs to the address, and how one gets to another without
// loading a new page.

import { showLog } from './log.js';
import { tellRoute } from './requests.js';
import { showHome, showLamp } from './views.js';

const view = document.getElementById('view');

async function showCurrent() {
  const { pathname } = location;
  tellRoute(pathname);
  const id = pathname.match(/^\/lamps\/([\w-]+)$/)?.[1];
  try {
    await (id ? showLamp(view, id) : showHome(view));
  } catch (error) {
    view.textContent = `Something is wrong with this page: ${error.message}`;
  }
}

document.addEventListener('click', (event) => {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest('a[data-route]'));
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.pathname === location.pathname) return;
  history.pushState({}, '', link.href);
  scrollTo({ top: 0, behavior: 'instant' });
  showCurrent();
});

window.addEventListener('popstate', showCurrent);

showLog(document.getElementById('log'));
showCurrent();
