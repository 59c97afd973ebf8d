// A page in jsdom with the built package in it, on a virtual clock: what the tables of the shim
// run against. Nothing leaves; requests are taken down.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

import { settle, VirtualClock } from './virtual_clock.mjs';

const require = createRequire(import.meta.url);
// jsdom is what Jest's environment brings.
const { JSDOM } = createRequire(require.resolve('jest-environment-jsdom'))('jsdom');

/** Wall clock at 0 ms of the virtual clock, unless a table says otherwise. */
const EPOCH = Date.UTC(2026, 0, 2, 3, 4, 5);

const scripts = new Map();

function scriptOf(entry) {
  const known = scripts.get(entry);
  if (known) return known;
  const built = new URL(`../../dist/${entry}.cjs`, import.meta.url);
  const text = `(module, exports) => {${readFileSync(built, 'utf8')}\n}`;
  const script = new Script(text, { filename: built.pathname });
  scripts.set(entry, script);
  return script;
}

function load(entry, context) {
  const module = { exports: {} };
  scriptOf(entry).runInContext(context)(module, module.exports);
  return module.exports;
}

/** Fills with words that start with `rand` as a fraction of 1 and never repeat. */
function words(rand) {
  let count = 0;
  let pool;
  const fill = (bytes, from) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 8) {
      count += 1;
      // Up, so that what is cut to six decimals is not one too low.
      view.setUint32(at, Math.ceil(from * 2 ** 32));
      view.setUint32(at + 4, count);
    }
  };
  return {
    getRandomValues(bytes) {
      pool = bytes;
      fill(bytes, rand);
      return bytes;
    },
    /** From now on, including what was handed out and not drawn yet. */
    setRand(next) {
      rand = next;
      if (pool) fill(pool, rand);
    },
  };
}

/** XMLHttpRequest as far as it is looked at; `sent` gets every request when it leaves. */
function xhrClass(window, sent) {
  return class XMLHttpRequest extends window.EventTarget {
    readyState = 0;
    status = 0;
    #request;

    open(method, url) {
      this.#request = { kind: 'xhr', method, url: String(url), headers: {} };
      this.readyState = 1;
    }

    setRequestHeader(name, value) {
      const { headers } = this.#request;
      const key = name.toLowerCase();
      headers[key] = key in headers ? `${headers[key]}, ${value}` : String(value);
    }

    send() {
      sent({ ...this.#request, xhr: this });
    }

    /** Ends the request; status 0 is a network error. */
    complete(status) {
      this.status = status;
      this.readyState = 4;
      this.dispatchEvent(new window.Event('readystatechange'));
    }
  };
}

const isEnvelope = (url, init) => String(url).includes('/envelope/') && init?.body?.byteLength > 0;

function parseEnvelope(body) {
  const [header, ...lines] = new TextDecoder()
    .decode(body)
    .split('\n')
    .map((line) => JSON.parse(line));
  const items = [];
  for (let i = 0; i + 1 < lines.length; i += 2) items.push({ ...lines[i], payload: lines[i + 1] });
  return { header, items };
}

/**
 * @param entry of the package
 * @param html the document
 * @param url where it lies
 * @param epoch wall clock at 0 ms of the virtual clock
 * @param referrer, userAgent of the document and of the browser
 * @param rand what fresh traces draw, 0 to 1
 * @param serverTiming of the navigation entry
 * @param respond gets `{input, init}` of each fetch of the page; returns its promise
 */
export function openPage({
  entry = 'index',
  html = '<!doctype html>',
  url = 'https://app.example.com/start',
  epoch = EPOCH,
  referrer,
  userAgent,
  rand = 0.25,
  serverTiming = [],
  respond = () => Promise.resolve(new Response('{}')),
} = {}) {
  const clock = new VirtualClock();
  const dom = new JSDOM(html, { url, referrer, runScripts: 'outside-only' });
  const { window } = dom;
  const { document } = window;
  const random = words(rand);
  const requests = [];
  const envelopes = [];
  const state = { readyState: 'complete', visibilityState: 'visible' };
  for (const name of Object.keys(state)) {
    Object.defineProperty(document, name, { get: () => state[name] });
  }
  const define = (name, value) =>
    Object.defineProperty(window, name, { value, writable: true, configurable: true });
  for (const name of ['Headers', 'Request', 'Response', 'TextEncoder', 'TextDecoder']) {
    define(name, globalThis[name]);
  }
  if (userAgent !== undefined) {
    Object.defineProperty(window.navigator, 'userAgent', { value: userAgent });
  }
  define('performance', {
    timeOrigin: epoch,
    now: () => clock.now,
    getEntriesByType: (type) => (type === 'navigation' ? [{ serverTiming }] : []),
  });
  define('crypto', { getRandomValues: random.getRandomValues });
  define('setTimeout', (callback, delay) => clock.setTimeout(callback, delay));
  define('clearTimeout', (id) => clock.clearTimeout(id));
  define(
    'XMLHttpRequest',
    xhrClass(window, (request) => requests.push(request)),
  );
  window.Date.now = () => epoch + clock.now;
  define('fetch', (input, init, ...rest) => {
    if (isEnvelope(input, init)) {
      envelopes.push(parseEnvelope(init.body));
      return Promise.resolve(new Response(''));
    }
    const call = { kind: 'fetch', input, init, rest };
    requests.push(call);
    return respond(call);
  });

  return {
    window,
    clock,
    requests,
    envelopes,
    setRand: random.setRand,
    throughline: load(entry, dom.getInternalVMContext()),
    /** Of what the collector received, in order: `{trace, payload}`. */
    transactions: () =>
      envelopes.flatMap(({ header, items }) =>
        items
          .filter(({ type }) => type === 'transaction')
          .map(({ payload }) => ({ trace: header.trace, payload })),
      ),
    /** Milliseconds of the virtual clock. */
    toMs: (seconds) => Math.round(seconds * 1e6 - epoch * 1e3) / 1e3,
    setReadyState(value) {
      state.readyState = value;
      document.dispatchEvent(new window.Event('readystatechange'));
    },
    setHidden(hidden) {
      state.visibilityState = hidden ? 'hidden' : 'visible';
      document.dispatchEvent(new window.Event('visibilitychange'));
    },
    /** Before init: without an event. */
    startWith(readyState) {
      state.readyState = readyState;
    },
    async close() {
      await this.throughline.close();
      await settle();
      window.close();
    },
  };
}

/** Runs `use` with a page and closes it whatever happens. */
export async function withPage(options, use) {
  const page = openPage(options);
  try {
    return await use(page);
  } finally {
    await page.close();
  }
}
