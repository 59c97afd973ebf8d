import type { Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import { Cell } from '../core/module.js';

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
    if (initiatorType !== 'fetch' && initiatorType !== 'xmlhttprequest') return;
    if (typeof protocol !== 'string') return;
    const origin = host.timeOrigin?.() ?? performance.timeOrigin;
    core.write(name.length + protocol.length);
    const nameBytes = core.put(name);
    const protocolBytes = core.put(protocol);
    // In the order in which wasm/throughline/request/resource_timing.h has them, one by one: a list
    // would be one more object for each request. What a browser does not have becomes NaN.
    const { cells } = core;
    let cell: number = Cell.input;
    cells[cell++] = origin;
    cells[cell++] = entry.startTime;
    cells[cell++] = entry.redirectStart;
    cells[cell++] = entry.redirectEnd;
    cells[cell++] = entry.workerStart;
    cells[cell++] = entry.fetchStart;
    cells[cell++] = entry.domainLookupStart;
    cells[cell++] = entry.domainLookupEnd;
    cells[cell++] = entry.connectStart;
    cells[cell++] = entry.secureConnectionStart;
    cells[cell++] = entry.connectEnd;
    cells[cell++] = entry.requestStart;
    cells[cell++] = entry.responseStart;
    cells[cell] = entry.responseEnd;
    core.run(() => core.raw.tl_resource(core.text, nameBytes, protocolBytes));
  };
  const observer = new PerformanceObserver((list) => {
    quietly(() => {
      for (const entry of list.getEntries()) {
        if (core.alive) tell(entry as PerformanceResourceTiming);
      }
    });
  });
  // Older browsers know another form of it, and throw.
  quietly(() => {
    observer.observe({ type: 'resource' });
  });
  return () => {
    observer.disconnect();
  };
}
