/** @jest-environment ./tests/shim/page-environment.js */
import { describePropagation, describeReason, describeTrace } from '../../js/debug.js';
import { SENTENCES } from '../../js/debug/sentences.js';
import { openCore } from '../../js/core/core.js';
import { close } from '../../js/index.js';
import { startBuilt } from './support/built.js';
import { tracePage } from './support/page.js';

afterEach(() => close());

/** Numbers of reasons lie below it (wasm/throughline/base/reason.h). */
const MOST_REASONS = 100;

it('there is a sentence for each reason of the core, and for nothing else', () => {
  const core = openCore(
    startBuilt(),
    () => undefined,
    () => undefined,
  );
  const numbers = Array.from({ length: MOST_REASONS }, (_, number) => number);
  const names = numbers
    .map((number) => core.ask(() => core.raw.tl_reason_name(number)))
    .filter(Boolean);
  expect(Object.keys(SENTENCES).sort()).toEqual(names.sort());
});

describe('describeReason', () => {
  it('says what a reason means', () => {
    expect(describeReason('same-url')).toBe('The URL did not change.');
  });

  it('says nothing about what is none', () => {
    expect(describeReason('toString')).toBeUndefined();
  });
});

describe('describePropagation', () => {
  it('says that a request gets the trace, why, and its headers', () => {
    tracePage({ tracesSampleRate: 1, tracePropagationTargets: ['/api'] });
    const lines = describePropagation('/api/items').split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'http://localhost/api/items gets the trace.',
      'An entry of tracePropagationTargets matches the URL. (/api)',
    ]);
    expect(lines[2]).toMatch(/^sentry-trace: [0-9a-f]{32}-[0-9a-f]{16}-1$/);
    expect(lines[3]).toMatch(/^baggage: sentry-/);
  });

  it('says why it does not', () => {
    tracePage({ tracePropagationTargets: ['/api'] });
    expect(describePropagation('https://elsewhere.example/items').split('\n')).toEqual([
      'https://elsewhere.example/items does not get the trace.',
      SENTENCES['no-target-matched'],
    ]);
  });

  it('says that nothing runs', () => {
    expect(describePropagation('/api')).toContain(SENTENCES['core-unavailable']);
  });
});

describe('describeTrace', () => {
  it('says where the trace came from and what decided', () => {
    tracePage({ tracesSampleRate: 0 });
    expect(describeTrace().split('\n')).toEqual([
      expect.stringMatching(/^Trace [0-9a-f]{32}: not recorded\.$/),
      SENTENCES['fresh-trace'],
      SENTENCES['traces-sample-rate'],
    ]);
  });

  it('says that nothing runs', () => {
    expect(describeTrace()).toBe(SENTENCES['core-unavailable']);
  });
});
