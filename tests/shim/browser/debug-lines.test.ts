/** @jest-environment ./tests/shim/page-environment.js */
import { close } from '../../../js/index.js';
import { tracePage } from '../support/page.js';

const log = jest.spyOn(console, 'log').mockImplementation(() => {});
jest.spyOn(console, 'warn').mockImplementation(() => {});
const lines = (): string[] => log.mock.calls.map(([line]) => String(line));

beforeEach(() => {
  log.mockClear();
  globalThis.fetch = jest.fn(() => Promise.resolve(new Response('{}')));
});
afterEach(() => close());

describe('debug', () => {
  it('tells each cause of a decision about requests once per origin', () => {
    tracePage({ debug: true, tracePropagationTargets: ['api.test', /v\d/] });
    void fetch('https://api.test/a');
    void fetch('https://api.test/b');
    void fetch('https://api.test/v1');
    void fetch('https://other.test/');
    void fetch('https://other.test/v2');
    expect(lines().filter((line) => line.includes('requests'))).toEqual([
      '[throughline] requests to https://api.test: headers (target-matched api.test)',
      '[throughline] requests to https://other.test: no headers (no-target-matched)',
      '[throughline] requests to https://other.test: headers (target-matched /v\\d/)',
    ]);
  });

  it('tells the trace of each route', () => {
    tracePage({ debug: true, tracesSampleRate: 1 });
    history.pushState(null, '', '/told');
    history.pushState(null, '', '/told');
    expect(lines().filter((line) => line.includes('trace '))).toEqual([
      expect.stringMatching(/trace [0-9a-f]{32}: fresh-trace, sampled \(traces-sample-rate\)$/),
    ]);
  });

  it('tells nothing where it is off', () => {
    tracePage();
    void fetch('/quiet');
    expect(log).not.toHaveBeenCalled();
  });
});
