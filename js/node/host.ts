import { randomFillSync } from 'node:crypto';

import type { Host } from '../api/client.js';
import { recordingBy } from '../api/recording.js';
import { extendClient } from '../api/processing.js';
import type { CoreModule } from '../core/module.js';
import { tellPassed } from './passing.js';
import { send } from './transport.js';

/** Bytes that are drawn at once: for few of them it costs nearly as much as for many. */
const RESERVE = 16384;

/** @returns what fills bytes from a reserve that is refilled when it is used up */
function reserved(): (bytes: Uint8Array) => void {
  const reserve = new Uint8Array(RESERVE);
  let used = RESERVE;
  return (bytes) => {
    if (used + bytes.length > RESERVE) {
      randomFillSync(reserve);
      used = 0;
    }
    bytes.set(reserve.subarray(used, used + bytes.length));
    used += bytes.length;
  };
}

/** A Node process, with the bytes of the core that the entry brings. @param sdkName of events */
export function nodeHost(startModule: () => CoreModule, sdkName: string): Host {
  const { timeOrigin } = performance;
  return {
    sdkName,
    startModule,
    now: () => timeOrigin + performance.now(),
    fillRandom: reserved(),
    lookAtPage: () => undefined,
    recording_: recordingBy(send),
    extend_(session, integrations) {
      extendClient(session, integrations);
      // What is lost is known before it is reported.
      const before = { ...session };
      session.close = (timeout) => {
        tellPassed(session);
        return before.close(timeout);
      };
      session.flush = (timeout) => {
        tellPassed(session);
        return before.flush(timeout);
      };
    },
  };
}
