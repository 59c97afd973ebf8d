// Which spans `ignoreSpans` means, RegExps included: kind ignore-spans.
import { withPage } from './page.mjs';
import { same } from './verdict.mjs';

/** A pattern as an application in `window` writes it. */
const patternIn = (window) => (given) => {
  const patternOf = patternIn(window);
  if (typeof given !== 'object') return given;
  if (given.regex !== undefined) return new window.RegExp(given.regex, given.flags);
  const parts = Object.entries(given).map(([key, part]) => [
    key,
    key === 'attributes'
      ? Object.fromEntries(
          Object.entries(part).map(([name, value]) => [
            name,
            Array.isArray(value) ? value : patternOf(value),
          ]),
        )
      : patternOf(part),
  ]);
  return Object.fromEntries(parts);
};

export function ignoreSpans({ in: { span, ignoreSpans: patterns, times }, out }) {
  const respond = () => Promise.resolve(new Response(null));
  return withPage({ respond }, async ({ throughline, window }) => {
    const kept = [];
    throughline.init({
      dsn: 'https://pub@o42.ingest.example.io/7',
      tracesSampleRate: 1,
      ignoreSpans: patterns.map(patternIn(window)),
      beforeSendTransaction(event) {
        kept.push(event.spans.length);
        return null;
      },
    });
    const { description: name = '', ...rest } = span;
    for (let time = 0; time < (times ?? 1); time++) {
      throughline.startSpan({ name: '#' }, () => {
        throughline.startInactiveSpan({ name, ...rest }).end();
      });
    }
    const ignored = kept.map((count) => count === 0);
    return same(out, times === undefined ? ignored[0] : ignored);
  });
}
