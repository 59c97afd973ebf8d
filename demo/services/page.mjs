// Fills in page/index.html: the trace of this very request, and where everything is.

import { readFileSync } from 'node:fs';

import { getTraceMetaTags } from 'throughline/express';

const { DEMO_VIEWER, DEMO_SHOP, DEMO_STOCK, DEMO_REVIEWS } = process.env;

const template = readFileSync(new URL('../page/index.html', import.meta.url), 'utf8');

/** No inline script, no eval: what a careful page allows is all that the tracing script needs. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  'img-src data:',
  `connect-src 'self' ${DEMO_STOCK} ${DEMO_REVIEWS}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Call it while the page's own request is the active one. */
export function renderPage() {
  const values = {
    traceMetaTags: getTraceMetaTags(),
    dsn: DEMO_VIEWER.replace('://', '://public@') + '/1',
    // The slash ends the port: without it port 4100 would stand for 41000 as well.
    targets: `${DEMO_SHOP}/,${DEMO_STOCK}/`,
    stock: DEMO_STOCK,
    reviews: DEMO_REVIEWS,
    viewer: DEMO_VIEWER,
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_all, name) => values[name]);
}
