// The pages of a benchmark: one per entry, all in one Chromium, all with the same receiver.
import { Failure } from '../../../.ci/lib/command.mjs';
import { launchChromium, openPage } from './chromium.mjs';
import { contenders, scriptsOf } from './contenders.mjs';
import { startReceiver } from './receiver.mjs';

const PAGE_LOAD_MS = 30_000;

/**
 * Hands `run` the opened entries, each with `evaluate()`, `metrics()`, `inbox` and `data`, once all page
 * loads were recorded and sent: a root span started earlier would become part of them.
 *
 * @param entries `name` of the contender; `recording` unless it gets no sample rate, else
 *   `tracesSampleRate`, 1 if it is not there
 */
export async function withPages(entries, run) {
  await withReceiver(async ({ browser, addPage }) => {
    const opened = [];
    for (const entry of entries) {
      const served = await addPage(entry);
      const tab = await openPage(browser);
      await tab.goto(served.url);
      opened.push({ ...entry, ...served, ...tab });
    }
    for (const { name, recording, inbox } of opened) {
      if (!recording || !contenders[name].tracesPage) continue;
      if (!(await inbox.holds(1, PAGE_LOAD_MS))) {
        throw new Failure(`bench: ${name} sent no transaction for its page load.`);
      }
    }
    await run(opened);
  });
}

/** Hands `run` the browser and `addPage(entry)`; pages are its own business. */
export async function withReceiver(run) {
  const receiver = await startReceiver();
  try {
    const browser = await launchChromium();
    try {
      await run({
        browser,
        addPage: async ({ name, recording, tracesSampleRate = 1, decoys }) =>
          receiver.addPage({
            scripts: await scriptsOf(name),
            ...(recording && { tracesSampleRate }),
            decoys,
          }),
      });
    } finally {
      await browser.close();
    }
  } finally {
    await receiver.close();
  }
}
