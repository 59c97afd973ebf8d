import type { Page } from '@playwright/test';

import { transactionsOf } from '../support/envelope.js';
import type { LocalServer } from '../support/server.js';
import { expect, test, type Site } from '../support/test.js';

/** Loads the page twice; `contexts.trace` of both page loads. */
async function loadTwice(page: Page, site: Site, collector: LocalServer, mode: string) {
  await site.open(page, `#${mode}`);
  const [first] = await transactionsOf(collector, 1);
  await page.reload();
  const [, second] = await transactionsOf(collector, 2);
  return [first!, second!].map(({ contexts }) => contexts.trace);
}

test('with session-storage the next page links to the page before', async ({
  page,
  site,
  collector,
}) => {
  const [first, second] = await loadTwice(page, site, collector, 'session-storage');
  expect(second).toMatchObject({
    links: [
      {
        trace_id: first!.trace_id,
        span_id: first!.span_id,
        sampled: true,
        attributes: { 'sentry.link.type': 'previous_trace' },
      },
    ],
    data: { 'sentry.previous_trace': `${first!.trace_id}-${first!.span_id}-1` },
  });
});

test('in memory nothing is known of the page before', async ({ page, site, collector }) => {
  const [, second] = await loadTwice(page, site, collector, 'in-memory');
  expect(second).not.toHaveProperty('links');
});

test('what others left in the storage is no previous trace', async ({ page, site, collector }) => {
  await page.addInitScript(() => {
    sessionStorage.setItem('sentry_previous_trace', '{"spanContext":{"traceId":{}}}');
  });
  await site.open(page, '#session-storage');
  const [transaction] = await transactionsOf(collector, 1);
  expect(transaction!.contexts.trace).not.toHaveProperty('links');
  expect(site.console).toEqual([]);
});
