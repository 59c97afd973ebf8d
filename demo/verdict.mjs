// What must be true of one visit: arrive, open a lamp, ask for its availability.

import { lineage } from './trace-tree.mjs';

/**
 * @typedef {object} Evidence
 * @property {Record<'shop' | 'stock' | 'prices' | 'reviews' | 'viewer', string>} addresses
 * @property {string | null} meta the page's sentry-trace meta tag
 * @property {import('./start.mjs').Received[]} received
 * @property {import('./start.mjs').PageEntry[]} pageEntries
 * @property {import('./trace-tree.mjs').Span[]} spans
 *
 * @typedef {ReturnType<typeof import('./expectations.mjs').createExpectations>} Expectations
 */

const REQUESTS_OF_THE_PAGE = 5;
const ASKED_BY_SHOP = '/levels';
const ASKED_BY_PRICES = '/surplus';
const ASKED_BY_PAGE = '/availability/';

/**
 * Page, shop, prices and stock stand in one trace, which the server began and the meta tag handed over.
 *
 * @param {Expectations} expect
 * @param {Evidence} evidence
 * @returns {string} its id
 */
export function expectFirstTrace(expect, { meta, spans }) {
  const traceId = meta?.slice(0, 32) ?? '';
  const pageload = spans.find(({ op }) => op === 'pageload');
  expect.same(
    'the page load continues the trace of the meta tag',
    pageload && `${pageload.traceId}-${pageload.parentId}-1`,
    meta,
  );
  expect.same(
    'page load: stock was asked by the shop, which was asked by the page, which the shop served',
    lineage(spans, stockAnswer(spans, traceId, ASKED_BY_SHOP)),
    'stock http.server < shop http.client < shop http.server' +
      ' < browser http.client < browser pageload < shop http.server',
  );
  expect.same(
    'page load: stock was asked by the prices in C++, which were asked by the shop',
    lineage(spans, stockAnswer(spans, traceId, ASKED_BY_PRICES)),
    'stock http.server < prices http.client < prices http.server' +
      ' < shop http.client < shop http.server' +
      ' < browser http.client < browser pageload < shop http.server',
  );
  return traceId;
}

/**
 * The navigation begins a trace of its own, and that one reaches shop and stock as well.
 *
 * @param {Expectations} expect
 * @param {Evidence} evidence
 * @param {string} firstTrace
 * @returns {string} its id
 */
export function expectNavigation(expect, { spans }, firstTrace) {
  const navigation = spans.find(({ op }) => op === 'navigation');
  const traceId = navigation?.traceId ?? '';
  expect.add(
    'the navigation began a new trace',
    Boolean(traceId) && traceId !== firstTrace,
    `\n          expected  any but ${firstTrace}\n          received  ${traceId || 'none'}`,
  );
  expect.same(
    'navigation: stock was asked by the shop, which was asked by the page',
    lineage(spans, stockAnswer(spans, traceId, ASKED_BY_SHOP)),
    'stock http.server < shop http.client < shop http.server' +
      ' < browser http.client < browser navigation',
  );
  expect.same(
    'navigation: stock was asked by the prices in C++, which were asked by the shop',
    lineage(spans, stockAnswer(spans, traceId, ASKED_BY_PRICES)),
    'stock http.server < prices http.client < prices http.server' +
      ' < shop http.client < shop http.server < browser http.client < browser navigation',
  );
  // The page makes its request inside a span of its own, which stands below the navigation, or
  // by itself if the navigation was over. Request spans hang on the outermost one either way.
  expect.matches(
    'navigation: stock was asked by the page itself',
    lineage(spans, stockAnswer(spans, traceId, ASKED_BY_PAGE)),
    /^stock http\.server < browser http\.client < browser (navigation|ui\.action\.click)$/,
  );
  return traceId;
}

/**
 * Listed origins got the headers of the right span, the others none, as the core explained.
 *
 * @param {Expectations} expect
 * @param {Evidence} evidence
 */
export function expectHeaders(expect, { addresses, received, pageEntries, spans }) {
  const requests = pageEntries.filter(({ route }) => !route);
  expect.same('the page told each of its requests', requests.length, REQUESTS_OF_THE_PAGE);
  for (const { url, method, traceId, attach, reason } of requests) {
    const { origin, pathname } = new URL(url);
    const service = Object.keys(addresses).find((name) => addresses[name] === origin);
    const arrived = received.find(
      (one) => one.service === service && one.path === pathname && one.method === method,
    );
    if (service === 'reviews') continue;
    const request = spans.find(
      (span) =>
        span.service === 'browser' && span.op === 'http.client' && span.name.endsWith(pathname),
    );
    expect.same(
      `${service} got the header of the page's span for ${pathname}`,
      arrived?.headers['sentry-trace'],
      `${traceId}-${request?.id}-1`,
    );
    expect.add(
      `${service} got baggage of the same trace`,
      Boolean(arrived?.headers.baggage?.includes(`sentry-trace_id=${traceId}`)),
      `\n          received  ${arrived?.headers.baggage}`,
    );
    expect.same(`the core said so: ${reason}`, attach, true);
  }

  const elsewhere = received.filter(({ service }) => service === 'reviews');
  const explained = requests.filter(({ url }) => new URL(url).origin === addresses.reviews);
  expect.add('reviews, which is not listed, was asked', elsewhere.length > 0);
  expect.same(
    'reviews got no header and no preflight that asks for one',
    elsewhere.filter(({ method, headers }) => method !== 'GET' || Object.keys(headers).length > 0),
    [],
  );
  expect.same(
    `the core said so: ${explained[0]?.reason}`,
    explained.map(({ attach, reason }) => attach || !reason),
    elsewhere.map(() => false),
  );
}

/** The transaction of the stock service for the request with this path. */
function stockAnswer(spans, traceId, path) {
  return spans.find(
    (span) =>
      span.traceId === traceId && span.service === 'stock' && span.root && span.name.includes(path),
  );
}
