// `npm run bench -- memory`: what stays in memory after starting, and after a long life of the page.
import { Failure } from '../../.ci/lib/command.mjs';
import { openPage } from './lib/chromium.mjs';
import { withReceiver } from './lib/pages.mjs';

const KIB = 1024;
const NAVIGATIONS = 100_000;
const SPANS = 300_000;
const ROUTES = 10;
const REQUESTS = 200;
/** Before anything is compared: what V8 compiles and caches on the way is no leak. */
const WARM_UP = 0.02;
/** Bounds in KiB: design.md section 5. */
const BOUNDS = { start: 1024, growth: 64 };

/** Notes the memory of every WebAssembly instance of the page. */
function noteMemories() {
  globalThis.memories = [];
  globalThis.WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args);
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) globalThis.memories.push(value);
      }
      return instance;
    },
  });
}

/** Runs in the page; returns now and then, as a page does. */
async function navigate(count) {
  for (let i = 0; i < count; i++) {
    document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    history.pushState(null, '', `?route-${i}`);
    if (i % 500 === 499) await new Promise((resolve) => setTimeout(resolve));
  }
}

async function makeSpans(count) {
  for (let i = 0; i < count; i++) {
    globalThis.contender.span({ name: `step ${i}`, attributes: { 'step.number': i } });
    if (i % 5000 === 4999) await new Promise((resolve) => setTimeout(resolve));
  }
}

async function request({ data, routes, requests, idle }) {
  for (let route = 0; route < routes; route++) {
    document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    history.pushState(null, '', `?requests-${route}`);
    for (let i = 0; i < requests; i += 20) {
      const answers = Array.from({ length: 20 }, (_, j) => fetch(`${data}/${route}-${i + j}`));
      await Promise.all(answers.map(async (answer) => (await answer).text()));
    }
    await new Promise((resolve) => setTimeout(resolve, idle));
  }
}

/** A page with ways to look at its memory, in KiB. */
async function open(browser, { url }) {
  const tab = await openPage(browser);
  await tab.page.addInitScript(noteMemories);
  await tab.goto(url);
  const session = await tab.page.context().newCDPSession(tab.page);
  await session.send('HeapProfiler.enable');
  return {
    ...tab,
    async memory() {
      // Twice: weak references are cleared only after the task in which they were made or read.
      for (let i = 0; i < 3; i++) {
        await session.send('HeapProfiler.collectGarbage');
        await tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
      }
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const bytes = await tab.page.evaluate(() =>
        globalThis.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
      );
      return { heap: usedSize / KIB, wasm: bytes / KIB };
    },
  };
}

const shown = (kib) => `${kib.toFixed(0)} KiB`.padStart(9);

/** @returns whether the bounds hold. */
export async function memory() {
  const rows = [];
  const note = (what, { heap, wasm }, bound) => {
    const holds = heap + wasm <= bound;
    rows.push(holds);
    console.log(
      `${holds ? 'ok  ' : 'OVER'}  ${what.padEnd(44)}heap ${shown(heap)}, wasm ${shown(wasm)}` +
        `   bound ${shown(bound)}`,
    );
  };
  const less = (after, before) => ({
    heap: after.heap - before.heap,
    wasm: after.wasm - before.wasm,
  });

  console.log();
  await withReceiver(async ({ browser, addPage }) => {
    const plain = await open(browser, await addPage({ name: 'plain', recording: false }));
    const bare = await plain.memory();
    await plain.close();

    /** What `act(tab, share)` leaves behind once everything was done before. */
    const growth = async (what, rate, act) => {
      const served = await addPage({ name: 'throughline', recording: true, rate });
      const tab = await open(browser, served);
      if (rate === 1) note('after starting', less(await tab.memory(), bare), BOUNDS.start);
      if (rate === 1 && !(await served.inbox.holds(1, 30_000))) {
        throw new Failure('bench: no transaction for the page load.');
      }
      await act(tab, WARM_UP, served);
      const before = await tab.memory();
      await act(tab, 1, served);
      note(what, less(await tab.memory(), before), BOUNDS.growth);
      await tab.close();
    };
    await growth(
      `${ROUTES} routes with ${REQUESTS} requests each`,
      1,
      async (tab, share, served) => {
        const routes = Math.max(2, Math.round(ROUTES * share));
        const { data, inbox } = served;
        inbox.take();
        await tab.page.evaluate(request, { data, routes, requests: REQUESTS, idle: 1200 });
        if (!(await inbox.holds(routes, 30_000))) throw new Failure('bench: routes are missing.');
        const told = inbox.take().spanIds.length;
        if (told !== routes * REQUESTS) throw new Failure(`bench: ${told} requests were told of.`);
      },
    );
    await growth(`${NAVIGATIONS} navigations, unsampled`, 0, async (tab, share) => {
      await tab.page.evaluate(navigate, Math.round(NAVIGATIONS * share));
    });
    await growth(`${SPANS} spans, unsampled`, 0, async (tab, share) => {
      await tab.page.evaluate(makeSpans, Math.round(SPANS * share));
    });
  });
  return rows.every(Boolean);
}
