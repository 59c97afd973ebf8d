// Drives the page without a screen and judges by what the services and the viewer received.

import { mkdir } from 'node:fs/promises';

import { launchChromium } from './chromium.mjs';
import { createExpectations, Unmet, WAIT_MS, waitFor } from './expectations.mjs';
import { takePageScreenshots, takeViewerScreenshot } from './screenshots.mjs';
import { drawTrace, spansOf } from './trace-tree.mjs';
import { expectFirstTrace, expectHeaders, expectNavigation } from './verdict.mjs';
import { followViewer } from './viewer/stream.mjs';

const LAMP = 'klokke';

/**
 * @param {object} demo
 * @param {Record<'shop' | 'stock' | 'prices' | 'reviews' | 'viewer', string>} demo.addresses
 * @param {Promise<unknown>} demo.ready when all of them listen
 * @param {import('./start.mjs').Received[]} demo.received grows while we click
 * @param {import('./start.mjs').PageEntry[]} demo.pageEntries likewise
 * @param {(step: string) => void} demo.say what is done so far
 * @param {string} [demo.screenshots] folder
 * @returns {Promise<boolean>} whether all was as expected
 */
export async function check({ addresses, ready, received, pageEntries, say, screenshots }) {
  const expectations = createExpectations();
  const transactions = [];
  const complaints = [];
  const [browser] = await Promise.all([launchChromium(), ready]);
  const stopFollowing = await followViewer(addresses.viewer, (one) => transactions.push(one));
  say('services, viewer and browser are up');
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    listenForComplaints(page, complaints);

    // What a visitor does: arrive, look at a lamp, ask whether there is one.
    await page.goto(addresses.shop);
    const meta = await page.locator('meta[name="sentry-trace"]').getAttribute('content');
    await seen(page.locator('.card').first(), 'the lamps on the page');
    say('the page is there');
    await arrival(transactions, 'pageload');
    say('its page load arrived at the viewer');
    if (screenshots) {
      await mkdir(screenshots, { recursive: true });
      await takePageScreenshots(page, screenshots, 'shop');
    }
    await page.locator(`.card[href="/lamps/${LAMP}"]`).click();
    const button = page.getByRole('button', { name: 'Check availability' });
    await seen(button, "the lamp's own view");
    await button.click();
    await seen(page.locator('.availability[data-pieces]'), 'the availability of the lamp');
    say('went to a lamp and asked for its availability');
    await arrival(transactions, 'navigation');
    await allArrived(transactions, received);
    say('the navigation and all services arrived at the viewer');
    if (screenshots) await takePageScreenshots(page, screenshots, 'lamp');

    const evidence = { addresses, meta, received, pageEntries, spans: spansOf(transactions) };
    const firstTrace = expectFirstTrace(expectations, evidence);
    const secondTrace = expectNavigation(expectations, evidence, firstTrace);
    expectHeaders(expectations, evidence);
    expectations.same('the browser has nothing to complain about', complaints, []);

    for (const traceId of [firstTrace, secondTrace]) {
      console.log(`\n${drawTrace(evidence.spans, traceId)}`);
    }
    console.log(`\n${expectations.report()}`);
    if (screenshots) await takeViewerScreenshot(browser, addresses.viewer, firstTrace, screenshots);
  } catch (error) {
    if (!(error instanceof Unmet)) throw error;
    expectations.add(error.message, false);
    console.log(`\n${expectations.report()}`);
    console.log(`\nThe browser complained of:\n  ${complaints.join('\n  ') || 'nothing'}`);
    console.log(`\nThe services received:\n${listRequests(received)}`);
    console.log(`\nThe viewer received:\n${listTransactions(transactions)}`);
  } finally {
    stopFollowing();
    await browser.close();
  }
  return expectations.met();
}

/** Waits for something on the page. */
function seen(locator, what) {
  return locator.waitFor({ timeout: WAIT_MS }).catch(() => {
    throw new Unmet(`${what}, within ${WAIT_MS / 1000} s`);
  });
}

/** Waits for the page's transaction of this kind to be at the viewer. */
function arrival(transactions, op) {
  return waitFor(`a ${op} transaction at the viewer`, () =>
    transactions.find((one) => one.platform === 'javascript' && one.contexts.trace.op === op),
  );
}

/**
 * Services deliver on their own time: waits until the viewer has one transaction for each request
 * they received, and each parent that is named.
 */
function allArrived(transactions, received) {
  return waitFor('the transaction of each request, and the parent of each span', () => {
    const spans = spansOf(transactions);
    const ids = new Set(spans.map(({ id }) => id));
    const answers = spans.filter(({ op }) => op === 'http.server');
    const asked = received.filter(
      ({ service, method }) => service !== 'reviews' && method === 'GET',
    );
    return (
      answers.length >= asked.length &&
      spans.every(({ parentId }) => !parentId || ids.has(parentId))
    );
  });
}

function listenForComplaints(page, complaints) {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
}

function listRequests(received) {
  const line = ({ service, method, path, headers }) => {
    const carried = Object.entries(headers).map(([name, value]) => `\n      ${name}: ${value}`);
    return `  ${service} ${method} ${path}${carried.join('')}`;
  };
  return received.map(line).join('\n') || '  nothing';
}

function listTransactions(transactions) {
  const line = (one) => {
    const { trace_id, span_id, parent_span_id = 'no parent', op } = one.contexts.trace;
    return `  ${trace_id} ${span_id} < ${parent_span_id.padEnd(16)} ${op} ${one.transaction}`;
  };
  return transactions.map(line).join('\n') || '  nothing';
}
