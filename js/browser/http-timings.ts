import type { Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import { Cell } from '../core/module.js';

// In the order in which wasm/throughline/request/resource_timing.h has them.
const TIMES = [
  'redirectStart',
  'redirectEnd',
  'workerStart',
  'fetchStart',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'secureConnectionStart',
  'connectEnd',
  'requestStart',
  'responseStart',
  'responseEnd',
] as const satisfies (keyof PerformanceResourceTiming)[];

/**
 * Tells the core what the browser measured of requests.
 *
 * Spec: spans.md section 6.4.
 *
 * @returns what undoes it
 */
export function observeRequests({ core, host }: Session): () => void {
  const tell = (entry: PerformanceResourceTiming): void => {
    const { initiatorType, nextHopProtocol: protocol, name } = entry;
    if (!/^(fetch|xmlhttprequest)$/.test(initiatorType) || typeof protocol !== 'string') return;
    const origin = host.timeOrigin?.() ?? performance.timeOrigin;
    core.write(name.length + protocol.length);
    const nameBytes = core.put(name);
    const protocolBytes = core.put(protocol);
    let cell: number = Cell.input;
    const numbers = [origin, entry.startTime, ...TIMES.map((time) => entry[time])];
    // What a browser does not have becomes NaN.
    for (const number of numbers) core.cells[cell++] = number;
    core.run(() => core.raw.tl_resource(core.text, nameBytes, protocolBytes));
  };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      quietly(() => {
        if (core.alive) tell(entry as PerformanceResourceTiming);
      });
    }
  });
  // Older browsers know another form of it, and throw.
  quietly(() => {
    observer.observe({ type: 'resource' });
  });
  return () => {
    observer.disconnect();
  };
}
