// The table meta-tags of tests/cases in a real browser: which trace a page load continues.
import { sentryTrace } from '../support/headers.js';
import { expect, test } from '../support/test.js';
import {
  casesOf,
  contextOf,
  openCase,
  received,
  rounded,
  transactionsIn,
  type Case,
} from './case-page.js';

interface Given {
  head?: string;
  body?: string;
  serverTiming?: { name: string; description: string }[];
}
interface Out {
  dsc?: Record<string, string> | null;
}

declare const emitted: (given: Given) => { data: Record<string, string>; html: string };
declare const loaded: (given: Given) => Promise<Record<string, string>>;

/** As a server writes it. */
const timingOf = (entries: Given['serverTiming'] = []): Record<string, string> =>
  entries.length === 0
    ? {}
    : {
        'server-timing': entries
          .map(({ name, description }) => `${name};desc=${JSON.stringify(description)}`)
          .join(', '),
      };

test('meta-tags: every case', async ({ page }) => {
  test.setTimeout(120_000);
  const cases = (await casesOf('meta-tags')) as Case<Given, Out>[];
  const wrong: object[] = [];
  for (const { id, group, in: given, out } of cases) {
    const markup = { ...given, headers: timingOf(given.serverTiming) };
    const left = await openCase(page, 'page-loads.js', markup);
    let got: object;
    if (group === 'emit') {
      const told = await page.evaluate((one) => emitted(one), given);
      const { spanId } = sentryTrace(received(id, told.data));
      got = JSON.parse(JSON.stringify(told).replaceAll(spanId, '$span')) as object;
    } else {
      const data = await page.evaluate((one) => loaded(one), given);
      const { traceId, flag = null } = sentryTrace(received(id, data));
      const [sent] = transactionsIn(left.envelopes);
      const context = rounded(contextOf(data));
      // A fresh id is one that stands nowhere in what came in.
      const isFresh = !JSON.stringify(given).includes(traceId);
      const isOfIt = isFresh && context?.['trace_id'] === traceId;
      got = {
        traceId: isFresh ? '$fresh' : traceId,
        flag,
        dsc: isOfIt ? { ...context, trace_id: '$fresh' } : context,
        transaction: sent ? { parentSpanId: sent.contexts.trace.parent_span_id ?? null } : null,
      };
    }
    const expected = out.dsc ? { ...out, dsc: rounded(out.dsc) } : out;
    try {
      expect(got).toEqual(expected);
    } catch {
      wrong.push({ id, given, expected, got });
    }
  }
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(20);
});
