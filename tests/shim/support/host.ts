import type { Host } from '../../../js/api/client.js';
import { extendClient } from '../../../js/api/processing.js';
import { recordingBy } from '../../../js/api/recording.js';
import { startBuilt } from './built.js';

/** Random words that never repeat, the first byte of each moving as well. */
export function countingRandom(): Host['fillRandom'] {
  let count = 0;
  return (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 8) {
      count += 1;
      view.setUint32(at, Math.imul(count, 0x9e3779b1));
      view.setUint32(at + 4, count);
    }
  };
}

/** A host without a page: the time stands still, nothing leaves. */
export function hostWithoutPage(changes: Partial<Host> = {}): Host {
  return {
    sdkName: 'throughline.test',
    startModule: startBuilt,
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    fillRandom: countingRandom(),
    lookAtPage: () => {},
    extend_: extendClient,
    recording_: recordingBy(() => Promise.resolve(200)),
    ...changes,
  };
}
