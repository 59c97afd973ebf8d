// Pictures to look at: the page on a desk and in a hand, and the trace in the viewer.

import path from 'node:path';

const DESKTOP = { width: 1280, height: 800 };
const MOST_LISTS = 8;
const MOBILE = { width: 390, height: 844 };

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} folder
 * @param {string} name start of the file names
 */
export async function takePageScreenshots(page, folder, name) {
  for (const [device, size] of Object.entries({ mobile: MOBILE, desktop: DESKTOP })) {
    await page.setViewportSize(size);
    await page.screenshot({ path: path.join(folder, `${name}-${device}.png`) });
    await page.screenshot({
      path: path.join(folder, `${name}-${device}-full.png`),
      fullPage: true,
    });
  }
}

/**
 * The trace in the viewer, opened up and reduced to its requests.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} viewer its address
 * @param {string} traceId
 * @param {string} folder
 */
export async function takeViewerScreenshot(browser, viewer, traceId, folder) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.goto(`${viewer}/telemetry/traces/${traceId}`);
  await page.getByText('pageload').first().waitFor();
  await page.getByPlaceholder('Search in Trace').fill('http.');
  await page.getByText('Only Show Matches').click();
  // Long lists start closed.
  const closed = page.locator('.node svg.rotate-0');
  for (let opened = 0; opened < MOST_LISTS && (await closed.count()) > 0; opened++) {
    await closed.first().click();
    await page.waitForTimeout(300);
  }
  await page.screenshot({ path: path.join(folder, 'viewer.png') });
  await page.close();
}
