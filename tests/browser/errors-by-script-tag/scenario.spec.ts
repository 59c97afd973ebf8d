import { errorOf, transactionOfOp } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

const TRACE = '12345678901234567890123456789012';

test('a second script tag adds errors to the first one', async ({ page, site, collector }) => {
  await site.open(page);
  const { event } = await errorOf(collector, 'Object captured as exception with keys: code');
  const { contexts, spans } = await transactionOfOp(collector, 'pageload');
  const span = spans.find(({ description }) => description === 'buy')!;

  expect(event).toMatchObject({
    tags: { team: 'shop' },
    extra: { __serialized__: { code: 7 } },
    contexts: { trace: { trace_id: TRACE, span_id: span.span_id } },
  });
  // Of no error itself: the stack of the capture, which begins where the page called us.
  const frames = event.exception!.values[0]!.stacktrace!.frames;
  expect(frames.at(-1)).toMatchObject({ filename: `${site.origin}/`, function: '?' });
  expect(frames.some((frame) => frame['function'] === 'buy')).toBe(true);

  for (const text of ['hello', 'own']) {
    const other = (await errorOf(collector, text)).event;
    expect(other.contexts.trace).toMatchObject({
      trace_id: TRACE,
      span_id: contexts.trace.span_id,
    });
  }
});

test('by itself it adds nothing and says so', async ({ page, site }) => {
  await page.route('**/throughline.min.js', (route) => route.fulfill({ body: '' }));
  await site.open(page);
  expect(site.console.join('\n')).toContain('throughline.min.js has to be loaded before');
});
