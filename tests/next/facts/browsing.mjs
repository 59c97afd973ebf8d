// What holds for pages in Chromium: page loads, navigations of both routers, and the way of their
// envelopes.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { chromium } from '@playwright/test';

import { findChromium, quietChromium } from '../../../.ci/lib/chromium.mjs';

/** Tells whose envelopes are whose: each page sends it with all of its requests. */
const PAGE = 'x-test-page';
let lastPage = 0;

/**
 * A page on which `path` was loaded, and what is received of it.
 *
 * @returns its `load`, the transaction, and `navigation`, which finds that to a route
 */
async function openPage(browser, { collector, url }, path) {
  const id = `${++lastPage}`;
  const page = await browser.newPage({ extraHTTPHeaders: { [PAGE]: id } });
  const requests = [];
  page.on('request', (request) => requests.push(request));
  const isOfPage = ({ headers }) => headers[PAGE] === id;
  const transactions = () =>
    collector.received.filter((item) => isOfPage(item) && item.type === 'transaction');
  const find = async (op, wanted) => {
    const { payload } = await collector.find(
      (item) => isOfPage(item) && item.payload.contexts?.trace?.op === op && wanted(item.payload),
    );
    return payload;
  };
  await page.goto(`${url}${path}`);
  return {
    page,
    requests,
    transactions,
    load: await find('pageload', () => true),
    navigation: (name) => find('navigation', ({ transaction }) => transaction === name),
    /** Names of all navigations: what the page has to tell came before its next load did. */
    async navigations() {
      await page.goto(`${url}/users/99`);
      const isLast = ({ request }) => request.url.endsWith('/users/99');
      await find('pageload', isLast);
      return transactions()
        .filter(({ payload }) => payload.contexts.trace.op === 'navigation')
        .map(({ payload }) => payload.transaction);
    },
  };
}

/**
 * @param it as `test` of Node's runner
 * @param here the application that runs, once the tests do (running.mjs)
 */
export function browsing(it, here) {
  let browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: quietChromium });
  });
  after(() => browser?.close());

  /** A fact about a page on which `path` was loaded. */
  const inChromium = (fact, path, body) =>
    it(`Chromium: ${fact}`, async () => {
      const opened = await openPage(browser, here, path);
      try {
        await body(opened);
      } finally {
        await opened.page.close();
      }
    });

  for (const [router, path, name, served] of [
    ['app', '/users/7', '/users/:id', 'GET /users/[id]'],
    ['pages', '/old/3', '/old/[id]', 'GET /old/[id]'],
  ]) {
    inChromium(
      `a page load of the ${router} router is below the span of the server`,
      path,
      async ({ load }) => {
        const { trace_id: trace, parent_span_id: parent, origin } = load.contexts.trace;
        const { contexts } = await here.transactionOf(trace, served);
        assert.equal(parent, contexts.trace.span_id);
        assert.deepEqual([load.transaction, load.transaction_info.source], [name, 'route']);
        assert.equal(origin, `auto.pageload.nextjs.${router}_router_instrumentation`);
      },
    );
  }

  inChromium(
    'router.push begins a trace, which the server continues',
    '/users/7',
    async ({ page, load, navigation }) => {
      await page.click('text=item 4');
      await page.waitForSelector('text=Item 4');
      const { contexts, spans, transaction_info: info } = await navigation('/items/:item');
      const { trace_id: trace, data, origin } = contexts.trace;
      assert.notEqual(trace, load.contexts.trace.trace_id);
      assert.equal(info.source, 'route');
      assert.equal(origin, 'auto.navigation.nextjs.app_router_instrumentation');
      assert.equal(data['navigation.type'], 'router.push');
      // The request for the data of the new page.
      const request = spans.find(({ op }) => op === 'http.client');
      const answered = await here.transactionOf(trace, 'GET /items/[item]');
      assert.equal(answered.contexts.trace.parent_span_id, request.span_id);
    },
  );

  inChromium(
    'going back is one navigation, named by the route, in a trace of its own',
    '/users/7',
    async ({ page, load, navigation, navigations }) => {
      await page.click('text=item 4');
      await page.waitForSelector('text=Item 4');
      const there = await navigation('/items/:item');
      await page.goBack();
      await page.waitForSelector('text=User 7');
      const { contexts, transaction_info: info } = await navigation('/users/:id');
      assert.equal(info.source, 'route');
      // `popstate` began it, and the application told of it then.
      assert.equal(contexts.trace.data['navigation.type'], 'router.traverse');
      const traces = [load, there, { contexts }].map((event) => event.contexts.trace.trace_id);
      assert.equal(new Set(traces).size, 3);
      assert.deepEqual(await navigations(), ['/items/:item', '/users/:id']);
    },
  );

  inChromium(
    'requests that Next.js makes ahead say so, and no others',
    '/shelf',
    async ({ page, load, navigation }) => {
      const isAhead = ({ data }) => data['http.request.prefetch'];
      const ahead = load.spans.filter(({ description }) => /\/items\/8/.test(description));
      assert.notEqual(ahead.length, 0);
      assert.deepEqual([...new Set(ahead.map(isAhead))], [true]);
      await page.click('text=push item 6');
      const { spans } = await navigation('/items/:item');
      const asked = spans.filter(({ op }) => op === 'http.client');
      assert.notEqual(asked.length, 0);
      assert.deepEqual(asked.filter(isAhead), []);
    },
  );

  inChromium(
    'a link of the Pages Router begins one navigation, which the request for data continues',
    '/old/3',
    async ({ page, load, navigation, navigations }) => {
      await page.click('text=part 5');
      await page.waitForSelector('text=Part 5');
      const { contexts, spans, transaction_info: info } = await navigation('/parts/[part]');
      const { trace_id: trace, origin } = contexts.trace;
      assert.notEqual(trace, load.contexts.trace.trace_id);
      assert.equal(info.source, 'route');
      assert.equal(origin, 'auto.navigation.nextjs.pages_router_instrumentation');
      const request = spans.find(({ description }) => /\/_next\/data\//.test(description));
      const answered = await here.transactionOf(trace, 'GET /parts/[part]');
      assert.equal(answered.contexts.trace.parent_span_id, request.span_id);
      assert.deepEqual(await navigations(), ['/parts/[part]']);
    },
  );

  inChromium('envelopes are named after Next.js', '/users/7', ({ transactions }) => {
    const [{ envelope, payload }] = transactions();
    const names = [envelope, payload].map(({ sdk }) => sdk.name);
    assert.deepEqual(names, Array(2).fill('throughline.javascript.nextjs'));
  });

  inChromium(
    'envelopes go through the tunnel of the application, and nowhere else',
    '/users/7',
    async ({ page, requests, transactions }) => {
      const [{ headers, url }] = transactions();
      assert.equal(headers.host, 'o1.ingest.sentry.io');
      assert.equal(url.split('?')[0], '/api/2/envelope/');
      // What the browser has to say of the requests so far came before it is elsewhere.
      await page.goto(`${here.url}/users/99`);
      const sent = requests.filter((request) => request.method() === 'POST');
      const urls = new Set(sent.map((request) => request.url()));
      assert.deepEqual([...urls], [`${here.url}/tunnel?o=1&p=2`]);
      assert.deepEqual(
        requests.map((request) => request.url()).filter((url) => !url.startsWith(here.url)),
        [],
      );
    },
  );
}
