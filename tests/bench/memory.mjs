// `npm run bench -- memory`: what a page holds because it is traced, in heap and memory of the core,
// after all that is garbage was collected. Bounds are bytes: they do not depend on the machine.
import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../../.ci/lib/command.mjs';
import { openPage } from './lib/chromium.mjs';
import { withReceiver } from './lib/pages.mjs';

const KIB = 1024;
/** design.md section 5. */
const BOUNDS = { init: 1024 * KIB, routes: 64 * KIB, many: 64 * KIB };

const REQUESTS = 200;
const WARM_UP_ROUTES = 3;
const ROUTES = 10;
/** Navigations, with three spans each. */
const MANY = 100_000;
const MANY_WARM_UP = 10_000;
/** Until the last route is sent, and all answers are read. */
const SETTLE_MS = 1500;

/** Runs before the page's scripts: the memory of each core that is there. */
function watchMemories() {
  const { Instance } = WebAssembly;
  const memories = [];
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, given) {
      const instance = Reflect.construct(target, given);
      for (const exported of Object.values(instance.exports)) {
        if (exported instanceof WebAssembly.Memory) memories.push(new WeakRef(exported));
      }
      return instance;
    },
  });
  globalThis.coreBytes = () =>
    memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
}

/** Runs in the page. */
async function visitRoutes({ data, from, routes, requests }) {
  for (let route = from; route < from + routes; route++) {
    document.body.click();
    history.pushState(null, '', `/routes/${route}`);
    for (let i = 0; i < requests; i += 25) {
      const answers = Array.from({ length: 25 }, (_, j) => fetch(`${data}/${route}-${i + j}`));
      await Promise.all(answers.map(async (answer) => (await answer).text()));
    }
  }
}

/** Runs in the page: routes that are not recorded, with three spans each. */
function startMany(count) {
  const { getClient, startBrowserTracingNavigationSpan, startInactiveSpan } =
    globalThis.Throughline;
  const client = getClient();
  for (let i = 0; i < count; i++) {
    startBrowserTracingNavigationSpan(client, { name: `/many/${i}` });
    for (let j = 0; j < 3; j++) startInactiveSpan({ name: 'step' }).end();
  }
}

/** Opens a page of a contender. @returns it, and `held()`: bytes of heap and core */
async function open(browser, served) {
  const tab = await openPage(browser);
  const { session, evaluate } = tab;
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchMemories})()` });
  await tab.goto(served.url);
  return {
    ...served,
    evaluate,
    async held() {
      await sleep(SETTLE_MS);
      // What finalizers let go is garbage only then.
      for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return { heap: usedSize, core: await evaluate(() => globalThis.coreBytes()) };
    },
  };
}

const sum = ({ heap, core }) => heap + core;
const beyond = (after, before) => sum(after) - sum(before);

/** Bytes after init, and how many more they are after ten routes. */
async function sampleRoutes(browser, served) {
  const { evaluate, held, data } = await open(browser, served);
  const loaded = await held();
  const visit = (from, routes) => evaluate(visitRoutes, { data, from, routes, requests: REQUESTS });
  // Code is compiled when it runs for the first time, and memory of the core grows to its size.
  await visit(0, WARM_UP_ROUTES);
  const warm = await held();
  await visit(WARM_UP_ROUTES, ROUTES);
  const after = await held();
  return { loaded, warm, after, growth: beyond(after, warm) };
}

async function sampleMany(browser, served) {
  const { evaluate, held } = await open(browser, served);
  await evaluate(startMany, MANY_WARM_UP);
  const warm = await held();
  await evaluate(startMany, MANY);
  return beyond(await held(), warm);
}

const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`;

/** @returns whether the bounds hold. */
export async function memory() {
  const found = {};
  let many;
  await withReceiver(async ({ browser, addPage }) => {
    for (const name of ['plain', 'throughline', 'sentry']) {
      const served = await addPage({ name, recording: true });
      found[name] = await sampleRoutes(browser, served);
      const { requests } = served.inbox.take();
      if (requests.length !== (WARM_UP_ROUTES + ROUTES) * REQUESTS) {
        throw new Failure(`bench: ${name}: ${requests.length} requests arrived.`);
      }
    }
    const unsampled = { name: 'throughline', recording: true, tracesSampleRate: 0 };
    many = await sampleMany(browser, await addPage(unsampled));
  });
  const { plain } = found;
  for (const name of ['throughline', 'sentry']) {
    const { loaded, warm, growth } = found[name];
    console.log(
      `${name.padEnd(12)} after init ${kib(beyond(loaded, plain.loaded))} (core ${kib(loaded.core)}), ` +
        `after ${WARM_UP_ROUTES} routes ${kib(beyond(warm, plain.warm))}, ` +
        `${ROUTES} routes later ${kib(growth - plain.growth)} more`,
    );
  }
  console.log(
    `throughline  ${MANY} routes and ${3 * MANY} spans, not recorded: ${kib(many)} more\n`,
  );
  let allHold = true;
  for (const [what, bytes, bound] of [
    ['after init', beyond(found.throughline.loaded, plain.loaded), BOUNDS.init],
    [
      `${ROUTES} routes of ${REQUESTS} requests`,
      found.throughline.growth - plain.growth,
      BOUNDS.routes,
    ],
    [`${MANY} routes that are not recorded`, many, BOUNDS.many],
  ]) {
    allHold &&= bytes <= bound;
    console.log(`${bytes <= bound ? 'ok  ' : 'OVER'}  ${what}: ${kib(bytes)}, bound ${kib(bound)}`);
  }
  return allHold;
}
