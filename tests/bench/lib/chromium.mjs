// One headless Chromium; every page in a context, and so in a process, of its own.
import { chromium } from '@playwright/test';

import { findChromium, quietChromium } from '../../../.ci/lib/chromium.mjs';
import { Failure } from '../../../.ci/lib/command.mjs';

export const launchChromium = () =>
  chromium.launch({ executablePath: findChromium(), args: [...quietChromium, '--disable-gpu'] });

/**
 * Opens a blank page in a context of its own.
 *
 * `metrics()` answers the CPU that its main thread has used, in microseconds of thread time:
 * other processes on the machine do not count. `task` is everything, `script` only JavaScript
 * (compiling and garbage collection in its course included).
 */
export async function openPage(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    page,
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' });
      if (problems.length > 0) throw new Failure(`bench: ${url} reports: ${problems.join('; ')}`);
    },
    async metrics() {
      const { metrics } = await session.send('Performance.getMetrics');
      const seconds = (name) => metrics.find((metric) => metric.name === name).value;
      return { task: seconds('TaskDuration') * 1e6, script: seconds('ScriptDuration') * 1e6 };
    },
    close: () => context.close(),
  };
}
