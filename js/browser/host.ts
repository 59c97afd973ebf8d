import type { Host } from '../api/client.js';
import type { TransportOptions } from '../api/options.js';
import { recordingBy } from '../api/recording.js';
import type { CoreModule } from '../core/module.js';
import { now, timeOrigin } from './clock.js';
import { tellRequest } from './debug-lines.js';
import { lookAtPage, page } from './page.js';
import { storePreviousTrace } from './previous-trace.js';
import { watchVisibility } from './signals.js';

// Until somebody patches it, which may be us: what we send is no request of the page.
let native: typeof fetch | undefined;

async function send(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  keepalive: boolean,
  { headers, fetchOptions }: TransportOptions,
): Promise<number> {
  const init: RequestInit = { method: 'POST', body, keepalive, referrerPolicy: 'strict-origin' };
  // With anything else there `fetch` would refuse, and every envelope be lost.
  if (Object(headers) === headers) init.headers = headers!;
  const response = await Reflect.apply(native!, globalThis, [url, { ...init, ...fetchOptions }]);
  // Until its body was read, Chromium counts a request to what may be under way with keepalive
  // (seen with `Cache-Control: no-store`; cancelling the body comes too late).
  await response.text().catch(() => undefined);
  return response.status;
}

// A crypto object that throws or is missing falls through to the next source.
function fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
  try {
    crypto.getRandomValues(bytes);
  } catch {
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.random() * 256;
  }
}

/** The browser, with the bytes of the core that the entry brings; nothing is recorded. */
export function pageHost(startModule: () => CoreModule): Host {
  return {
    sdkName: 'throughline.javascript.browser',
    startModule,
    // Without spans no time goes anywhere.
    now: Date.now,
    fillRandom,
    lookAtPage,
  };
}

/** The same with spans and delivery. */
export function browserHost(startModule: () => CoreModule): Host {
  native ??= globalThis.fetch;
  return {
    ...pageHost(startModule),
    now,
    timeOrigin,
    tellRequest_: tellRequest,
    storePreviousTrace_: storePreviousTrace,
    recording_: recordingBy(send, page && watchVisibility),
  };
}
