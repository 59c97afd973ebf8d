import { randomFillSync } from 'node:crypto';

import type { Host } from '../api/client.js';
import { recordingBy } from '../api/recording.js';
import { extendClient } from '../api/processing.js';
import type { CoreModule } from '../core/module.js';
import { send } from './transport.js';

/** A Node process, with the bytes of the core that the entry brings. @param sdkName of events */
export function nodeHost(startModule: () => CoreModule, sdkName: string): Host {
  return {
    sdkName,
    startModule,
    now: () => performance.timeOrigin + performance.now(),
    fillRandom: (bytes) => {
      randomFillSync(bytes);
    },
    lookAtPage: () => undefined,
    recording_: recordingBy(send),
    extend_: extendClient,
  };
}
