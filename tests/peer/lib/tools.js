// Runs in the page, before the SDK: what scripts of scenarios have beside it.
/* global sdk, sdkOptions, peerCall, peerUrls */

// When the browser painted, and how long its connections took, is another matter on every run.
performance.getEntries = () => [];

const notes = {};

const tools = {
  /** Waits until the receiver has got that many transactions; lets the document load. */
  async sent(count) {
    await peerCall('release');
    await peerCall('sent', count);
  },

  /** Waits until a server has got a request to that path. */
  arrived: (path) => peerCall('arrived', path),

  /** Keeps a value, as it is now, for the comparison. */
  note(name, value) {
    notes[name] = value === undefined ? '(undefined)' : JSON.parse(JSON.stringify(value));
  },

  /** What `call` throws, or what its promise rejects with, as text. */
  async caught(call) {
    try {
      await call();
      return '(nothing)';
    } catch (error) {
      return String(error);
    }
  },

  click: () => document.body.click(),

  hide() {
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  },

  show() {
    delete document.hidden;
    delete document.visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  },

  /** Lets the document load, which allows the page load to end. */
  async loaded() {
    const load = new Promise((resolve) => {
      if (document.readyState === 'complete') resolve();
      else addEventListener('load', resolve, { once: true });
    });
    await peerCall('release');
    await load;
  },

  /** Lets the clock go on: what comes afterwards has a later time than what came before. */
  tick() {
    const before = Date.now();
    while (Date.now() < before + 2);
  },

  /** A request that is open as long as the page is. */
  hold() {
    fetch('/hold').catch(() => {});
  },

  /** One turn of the event loop: what ends by events of the same turn has ended. */
  turn: () => new Promise((resolve) => setTimeout(resolve)),

  /** For what must not happen by then; everything else is waited for by what shows it. */
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),

  /** The next event of that type. */
  event: (type) => new Promise((resolve) => addEventListener(type, resolve, { once: true })),

  xhr: (url, { method = 'GET', headers = {}, body, before, credentials } = {}) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      if (credentials) request.withCredentials = true;
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.onloadend = () => resolve(request.status);
      request.send(body);
      before?.(request);
    }),
};

/** Starts the SDK with what all scenarios share, below what this one says. */
function start({ tracing, streams, ...options } = {}) {
  return sdk.init({
    dsn: peerUrls.dsn,
    release: 'shop@1',
    environment: 'test',
    tracesSampleRate: 1,
    ...sdkOptions,
    ...options,
    integrations: [
      sdk.browserTracingIntegration({
        idleTimeout: 100,
        linkPreviousTrace: 'off',
        enableInp: false,
        enableLongTask: false,
        enableLongAnimationFrame: false,
        enableHTTPTimings: false,
        ...tracing,
      }),
      ...(streams ? [sdk.spanStreamingIntegration()] : []),
    ],
  });
}

/** Plays a scenario, and tells its notes and what the script threw. */
globalThis.peerPlay = async (init, script, streams) => {
  let failure;
  try {
    tools.client = start({ ...init(peerUrls), streams });
    await script(sdk, { ...tools, ...peerUrls });
  } catch (error) {
    failure = String(error);
  }
  await peerCall('release');
  await peerCall('played', { notes, failure, timeOrigin: performance.timeOrigin });
};

/** Makes the page tell all it has: what is open ends, and reports of losses leave. */
globalThis.peerFinish = async () => {
  tools.hide();
  // What the first event ended is counted by now; reports leave with the next one.
  tools.hide();
  await sdk.flush(5000);
};
