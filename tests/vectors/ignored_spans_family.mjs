// Which spans `ignoreSpans` means, RegExps included: kind ignore-spans.
import { withPage } from './page.mjs';
import { patternIn } from './patterns.mjs';
import { same } from './verdict.mjs';

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
