// One headless Chromium; every page in a context, and so in a process, of its own.
import { chromium } from '@playwright/test';

import { findChromium, quietChromium } from '../../../.ci/lib/chromium.mjs';
import { Failure } from '../../../.ci/lib/command.mjs';

const PAGE_LOAD_MS = 30_000;

export const launchChromium = () =>
  chromium.launch({ executablePath: findChromium(), args: [...quietChromium, '--disable-gpu'] });

/**
 * The DevTools protocol of one page. Pages that Playwright opens report every request with its
 * headers and the stack that made it, which costs more than what is measured here; these report
 * nothing that was not asked for.
 */
class Session {
  #browser;
  #sessionId;
  #calls = new Map();
  #listeners = new Map();
  #last = 0;

  constructor(browser, sessionId) {
    this.#browser = browser;
    this.#sessionId = sessionId;
    browser.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
      if (from === sessionId) this.#receive(JSON.parse(message));
    });
  }

  #receive({ id, method, params, result, error }) {
    if (!id) {
      this.#listeners.get(method)?.(params);
      return;
    }
    const { resolve, reject } = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) reject(new Failure(`bench: ${error.message}`));
    else resolve(result);
  }

  on(method, listener) {
    this.#listeners.set(method, listener);
  }

  async send(method, params = {}) {
    const id = ++this.#last;
    const message = JSON.stringify({ id, method, params });
    const answer = new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message });
    return answer;
  }
}

/**
 * Opens a blank page in a context of its own.
 *
 * - `evaluate(task, input)` runs a function in the page and answers what it resolves to
 * - `metrics()` answers the CPU that its main thread has used, in microseconds of thread time:
 *   other processes on the machine do not count. `task` is everything, `script` only JavaScript
 *   (compiling and garbage collection in its course included).
 * - `session` is its DevTools protocol
 */
export async function openPage(browser) {
  const devTools = await browser.newBrowserCDPSession();
  const { browserContextId } = await devTools.send('Target.createBrowserContext');
  const { targetId } = await devTools.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  });
  const { sessionId } = await devTools.send('Target.attachToTarget', { targetId });
  const session = new Session(devTools, sessionId);
  await session.send('Page.enable');
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });

  async function evaluate(task, input) {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `(${task})(${JSON.stringify(input) ?? ''})`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) {
      const { text, exception } = exceptionDetails;
      throw new Failure(`bench: ${exception?.description ?? text}`);
    }
    return result.value;
  }

  return {
    session,
    evaluate,
    async goto(url) {
      const loaded = new Promise((resolve, reject) => {
        session.on('Page.loadEventFired', resolve);
        const late = () => reject(new Failure(`bench: ${url} did not load.`));
        setTimeout(late, PAGE_LOAD_MS).unref();
      });
      await session.send('Page.navigate', { url });
      await loaded;
      const problems = await evaluate(() => globalThis.problems);
      if (problems.length > 0) throw new Failure(`bench: ${url} reports: ${problems.join('; ')}`);
    },
    async metrics() {
      const { metrics } = await session.send('Performance.getMetrics');
      const seconds = (name) => metrics.find((metric) => metric.name === name).value;
      return { task: seconds('TaskDuration') * 1e6, script: seconds('ScriptDuration') * 1e6 };
    },
    async close() {
      await devTools.send('Target.disposeBrowserContext', { browserContextId });
      await devTools.detach();
    },
  };
}
