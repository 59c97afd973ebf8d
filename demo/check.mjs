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
 * @param {Record<'shop' | 'stock' | 'reviews' | 'viewer', string>} demo.addresses
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
    page.setDefaultTimeout(WAIT_MS);
    listenForComplaints(page, complaints);

    // What a visitor does: arrive, look at a lamp, ask whether there is one.
    await page.goto(addresses.shop);
    const meta = await page.locator('meta[name="sentry-trace"]').getAttribute('content');
    await page.locator('.card').first().waitFor();
    say('the page is there');
    await arrival(transactions, 'pageload');
    say('its page load arrived at the viewer');
    if (screenshots) {
      await mkdir(screenshots, { recursive: true });
      await takePageScreenshots(page, screenshots, 'shop');
    }
    await page.locator(`.card[href="/lamps/${LAMP}"]`).click();
    await page.getByRole('button', { name: 'Check availability' }).click();
    await page.locator('.availability[data-pieces]').waitFor();
    say('went to a lamp and asked for its availability');
    await arrival(transactions, 'navigation');
    await allArrived(transactions);
    say('the navigation and all services arrived at the viewer');
    if (screenshots) await takePageScreenshots(page, screenshots, 'lamp');

    const evidence = { addresses, meta, received, pageEntries, spans: spansOf(transactions) };
    const firstTrace = expectFirstTrace(expectations, evidence);
    const secondTrace = expectNavigation(expectations, evidence, firstTrace);
    expectHeaders(expectations, evidence);
    expectations.same('the browser has nothing to complain about', complaints, []);

    if (screenshots) await takeViewerScreenshot(browser, addresses.viewer, firstTrace, screenshots);

    for (const traceId of [firstTrace, secondTrace]) {
      console.log(`\n${drawTrace(evidence.spans, traceId)}`);
    }
    console.log(`\n${expectations.report()}`);
  } catch (error) {
    if (!(error instanceof Unmet) && error.name !== 'TimeoutError') throw error;
    expectations.add(error.message, false);
    console.log(`\n${expectations.report()}`);
    console.log(`\nThe browser complained of:\n  ${complaints.join('\n  ') || 'nothing'}`);
    console.log(`\nThe viewer received:\n${listTransactions(transactions)}`);
  } finally {
    stopFollowing();
    await browser.close();
  }
  return expectations.met();
}

/** Waits for the page's transaction of this kind to be at the viewer. */
function arrival(transactions, op) {
  return waitFor(`a ${op} transaction at the viewer`, () =>
    transactions.find((one) => one.platform !== 'node' && one.contexts.trace.op === op),
  );
}

/** Services deliver on their own time: waits until each parent that is named has arrived too. */
function allArrived(transactions) {
  return waitFor('the parent of each span at the viewer', () => {
    const spans = spansOf(transactions);
    const ids = new Set(spans.map((span) => span.id));
    return spans.every((span) => !span.parentId || ids.has(span.parentId));
  });
}

function listenForComplaints(page, complaints) {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
}

function listTransactions(transactions) {
  const line = (one) => {
    const { trace_id, span_id, parent_span_id = 'no parent', op } = one.contexts.trace;
    return `  ${trace_id} ${span_id} < ${parent_span_id.padEnd(16)} ${op} ${one.transaction}`;
  };
  return transactions.map(line).join('\n') || '  nothing';
}
