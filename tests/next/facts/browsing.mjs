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
 * @param options.isTold whether the application exports `onRouterTransitionStart`
 * @returns its `load`, the transaction, and `navigation`, which finds that to a route
 */
async function openPage(browser, { collector, url }, path, { isTold = true } = {}) {
  const id = `${++lastPage}`;
  const page = await browser.newPage({ extraHTTPHeaders: { [PAGE]: id } });
  if (!isTold) await page.addInitScript('tellsOfTransitions = false');
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
    /** All navigations: what the page has to tell came before its next load did. */
    async navigations() {
      await page.goto(`${url}/users/99`);
      const isLast = ({ request }) => request.url.endsWith('/users/99');
      await find('pageload', isLast);
      return transactions()
        .map(({ payload }) => payload)
        .filter(({ contexts }) => contexts.trace.op === 'navigation');
    },
  };
}

const namesOf = (events) => events.map(({ transaction }) => transaction);
const traceOf = ({ contexts }) => contexts.trace.trace_id;
const typesOf = (events) => events.map(({ contexts }) => contexts.trace.data['navigation.type']);

/** The page with that heading is shown. */
const isOpen = (page, heading) => page.waitForSelector(`h1:text-is("${heading}")`);

/** Each is over when the next begins, and in a trace of its own. */
function assertOneAfterTheOther(events) {
  const late = events.filter(({ timestamp }, i) => timestamp > events[i + 1]?.start_timestamp);
  assert.deepEqual(namesOf(late), []);
  assert.equal(new Set(events.map(traceOf)).size, events.length);
}

/** The page of an item was asked for within that navigation, not before. */
async function assertAskedWithin(navigation, here) {
  const answered = await here.transactionOf(traceOf(navigation), 'GET /items/[item]');
  const asked = navigation.spans.map(({ span_id: id }) => id);
  assert.ok(asked.includes(answered.contexts.trace.parent_span_id));
}

/** @returns `it` for facts in Chromium, which is there as long as they take */
function chromiumFor(it, here) {
  let browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: quietChromium });
  });
  after(() => browser?.close());

  /** A fact about a page on which `path` was loaded. */
  return (fact, path, body, options) =>
    it(`Chromium: ${fact}`, async () => {
      const opened = await openPage(browser, here, path, options);
      try {
        await body(opened);
      } finally {
        await opened.page.close();
      }
    });
}

/**
 * @param it as `test` of Node's runner
 * @param here the application that runs, once the tests do (running.mjs)
 */
export function browsing(it, here) {
  const inChromium = chromiumFor(it, here);

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
      await isOpen(page, 'Item 4');
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

  for (const [router, path, link, there, names, types] of [
    ['App', '/users/7', 'item 4', 'Item 4', ['/items/:item', '/users/:id'], 'traverse'],
    ['Pages', '/old/3', 'part 5', 'Part 5', ['/parts/[part]', '/old/[id]']],
  ]) {
    inChromium(
      `ways back and forward are one navigation each in the ${router} Router`,
      path,
      async ({ page, load, navigations }) => {
        const first = await page.textContent('h1');
        await page.click(`text=${link}`);
        await isOpen(page, there);
        await page.goBack();
        await isOpen(page, first);
        await page.goForward();
        await isOpen(page, there);
        const all = await navigations();
        const [forth, back] = names;
        assert.deepEqual(namesOf(all), [forth, back, forth]);
        // `popstate` began the last two, and the application told of them then.
        const told = types && ['router.push', `router.${types}`, `router.${types}`];
        assert.deepEqual(typesOf(all), told ?? [undefined, undefined, undefined]);
        const origin = `auto.navigation.nextjs.${router.toLowerCase()}_router_instrumentation`;
        for (const { contexts, transaction_info: info } of all) {
          assert.equal(contexts.trace.origin, origin);
          assert.equal(info.source, 'route');
        }
        assertOneAfterTheOther([load, ...all]);
      },
    );
  }

  // `router.push` of Next.js is wrapped as long as nobody told of a transition.
  for (const [isTold, who, back] of [
    [true, 'one that the application tells of', 'router.traverse'],
    [false, 'seen where the application does not tell of it', 'browser.popstate'],
  ]) {
    inChromium(
      `each call of the App Router is one navigation, ${who}`,
      '/shelf',
      async ({ page, load, navigations }) => {
        await page.click('text=push item 6');
        await isOpen(page, 'Item 6');
        await page.goBack();
        await isOpen(page, 'Shelf');
        await page.click('text=replace by item 7');
        await isOpen(page, 'Item 7');
        const all = await navigations();
        assert.deepEqual(namesOf(all), ['/items/:item', '/shelf', '/items/:item']);
        assert.deepEqual(typesOf(all), ['router.push', back, 'router.replace']);
        assert.deepEqual(
          all.map(({ transaction_info: info }) => info.source),
          ['route', 'url', 'route'],
        );
        for (const { contexts } of all) {
          assert.equal(contexts.trace.origin, 'auto.navigation.nextjs.app_router_instrumentation');
        }
        assertOneAfterTheOther([load, ...all]);
        await assertAskedWithin(all[0], here);
      },
      { isTold },
    );
  }

  inChromium(
    'a page that was built is named by its path, and its load is in a trace of its own',
    '/shelf',
    ({ load }) => {
      const { parent_span_id: parent, origin } = load.contexts.trace;
      assert.deepEqual([load.transaction, load.transaction_info.source], ['/shelf', 'url']);
      assert.equal(parent, undefined);
      assert.equal(origin, 'auto.pageload.nextjs.app_router_instrumentation');
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
      await isOpen(page, 'Part 5');
      const { contexts, spans, transaction_info: info } = await navigation('/parts/[part]');
      const { trace_id: trace, origin } = contexts.trace;
      assert.notEqual(trace, load.contexts.trace.trace_id);
      assert.equal(info.source, 'route');
      assert.equal(origin, 'auto.navigation.nextjs.pages_router_instrumentation');
      const request = spans.find(({ description }) => /\/_next\/data\//.test(description));
      const answered = await here.transactionOf(trace, 'GET /parts/[part]');
      assert.equal(answered.contexts.trace.parent_span_id, request.span_id);
      assert.deepEqual(namesOf(await navigations()), ['/parts/[part]']);
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

/** The same before 15.3: links go through the methods of the router. */
export function browsingBefore(it, here) {
  const inChromium = chromiumFor(it, here);

  inChromium(
    'a call, a way back and a link are one navigation each, with no word of the application',
    '/shelf',
    async ({ page, load, navigations }) => {
      await page.click('text=push item 6');
      await isOpen(page, 'Item 6');
      await page.goBack();
      await isOpen(page, 'Shelf');
      await page.click('nav >> text=item 4');
      await isOpen(page, 'Item 4');
      const all = await navigations();
      assert.deepEqual(namesOf(all), ['/items/:item', '/shelf', '/items/:item']);
      assert.deepEqual(typesOf(all), ['router.push', 'browser.popstate', 'router.push']);
      assertOneAfterTheOther([load, ...all]);
      await assertAskedWithin(all[2], here);
    },
  );
}
