import { openClient } from '../../../js/api/client.js';
import type { ClientOptions } from '../../../js/api/options.js';
import { close, getTraceData, spanToJSON, startInactiveSpan } from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';

const open = (options: ClientOptions = {}): void => {
  openClient(hostWithoutPage(), { tracesSampleRate: 1, ...options });
};

// Longer than the scratch memory that short texts travel in.
const LONG = 'trace '.repeat(5_000);

afterEach(() => close());

describe('texts on their way through the core', () => {
  it.each([
    ['ASCII', 'shop@1.2.3', 'shop%401.2.3'],
    ['beyond ASCII', 'Größe 日本 🎉', 'Gr%C3%B6%C3%9Fe%20%E6%97%A5%E6%9C%AC%20%F0%9F%8E%89'],
    ['a lone surrogate as U+FFFD', 'a\ud800b', 'a%EF%BF%BDb'],
  ])('go into a header: %s', (_, release, written) => {
    open({ release });
    expect(getTraceData().baggage?.split(',')).toContain(`sentry-release=${written}`);
  });

  it.each([
    ['beyond ASCII', 'Größe 日本 🎉'],
    ['longer than the scratch', LONG],
    ['longer than the scratch and beyond ASCII', `${LONG}日本`],
    ['NUL and line breaks', 'a\0b\r\nc'],
    ['quotes and backslashes', '"\\"'],
    ['empty', ''],
  ])('come back as they went in: %s', (_, text) => {
    open();
    const span = startInactiveSpan({ name: 'x', attributes: { first: text } });
    span.setAttribute('later', text);
    span.updateName(text);

    const { description, data } = spanToJSON(span);
    expect({ description, data }).toMatchObject({
      description: text,
      data: { first: text, later: text },
    });
  });

  it('do not disturb each other when many travel at once', () => {
    open();
    const keys = Array.from({ length: 200 }, (_, i) => `key ${i} ä`);
    const attributes = Object.fromEntries(keys.map((key, i) => [key, 'x'.repeat(i)]));
    const span = startInactiveSpan({ name: 'many', attributes });
    expect(spanToJSON(span)['data']).toMatchObject(attributes);
  });
});

describe('numbers', () => {
  it.each([0, -1, 0.5, 1e-7, 123456789.123456, 1e21, 2 ** 53])(
    'come back as they went in: %p',
    (number) => {
      open();
      const span = startInactiveSpan({ name: 'x', attributes: { number } });
      expect(spanToJSON(span)['data']).toMatchObject({ number });
    },
  );
});

describe('ids', () => {
  it('stay distinct however often the random bytes are renewed', () => {
    open();
    const count = 2_000;
    const ids = new Set<string>();
    for (let i = 0; i < count; i++) {
      const span = startInactiveSpan({ name: 'x', parentSpan: null });
      ids.add(span.spanContext().spanId);
      span.end();
    }
    expect(ids.size).toBe(count);
  });
});
