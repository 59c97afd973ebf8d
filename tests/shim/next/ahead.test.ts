/** @jest-environment ./tests/shim/page-environment.js */
import { close, spanToJSON, type BrowserTracingOptions, type Span } from '../../../js/index.js';
import { browserTracingIntegration } from '../../../js/next/browser/tracing.js';
import { tracePage } from '../support/page.js';

const AHEAD = 'http.request.prefetch';
const pageFetch = jest.fn(() => Promise.resolve(new Response('{}')));

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});

function trace(options: BrowserTracingOptions): void {
  tracePage({
    tracesSampleRate: 1,
    debug: true,
    integrations: [browserTracingIntegration(options)],
  });
}

beforeEach(() => {
  globalThis.fetch = pageFetch as typeof fetch;
});

afterEach(() => close());

test('a hook of the application sees what is requested ahead, and it alone is that', async () => {
  const seen: unknown[] = [];
  trace({
    onRequestSpanStart: (span: Span) => seen.push(spanToJSON(span).data[AHEAD]),
  });
  for (const header of ['next-router-prefetch', 'rsc']) {
    await fetch('/items/4', { headers: { [header]: '1' } });
  }
  await fetch('/items/4');
  expect(seen).toEqual([true, undefined, undefined]);
});

test('a hook that is no function counts as none, and debug tells', async () => {
  let ahead: unknown;
  trace({
    onRequestSpanStart: 'no' as unknown as () => void,
    onRequestSpanEnd: (span: Span) => (ahead = spanToJSON(span).data[AHEAD]),
  });
  await fetch('/items/4', { headers: { 'next-router-prefetch': '1' } });
  expect(ahead).toBe(true);
  expect(warn).toHaveBeenCalledWith(
    '[throughline] browserTracingIntegration.onRequestSpanStart: expected a function, got "no"; ' +
      'as if it were not set',
  );
});
