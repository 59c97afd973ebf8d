// The table request-headers of tests/cases in a real browser: what two requests carry in each state.
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
  options?: { stream?: boolean };
}

declare const requestsOf: (given: Given) => Promise<string>;

const UPSTREAM = '12312012123120121231201212312012';

function traceOf(traceId: string, pageTrace: string): string {
  if (traceId === UPSTREAM) return 'incoming';
  return traceId === pageTrace ? 'page' : 'other';
}

test('request-headers: every case', async ({ page }) => {
  test.setTimeout(120_000);
  const cases = (await casesOf('request-headers')) as Case<Given, object>[];
  const wrong: object[] = [];
  for (const { id, in: given, out } of cases) {
    const left = await openCase(page, 'states.js', given, given.options?.stream);
    const pageTrace = await page.evaluate((one) => requestsOf(one), given);
    const [first, second] = left.requests.map((headers) => sentryTrace(received(id, headers)));
    const { traceId, spanId, flag = null } = first!;
    // The trees of the spans that were active, which is what the table means by recorded.
    const recorded = transactionsIn(left.envelopes).flatMap(({ contexts, spans }) =>
      [contexts.trace, ...spans].map(({ span_id: spanIdOfIt }) => spanIdOfIt),
    );
    const context = rounded(contextOf(left.requests[0]!));
    const got: Record<string, unknown> = {
      trace: traceOf(traceId, pageTrace),
      sameTraceForBoth: traceId === second!.traceId,
      spanId: spanId === second!.spanId ? 'stable' : 'per request',
      isRecordedSpan: recorded.includes(spanId),
      flag,
      dsc: context?.['trace_id'] === traceId ? { ...context, trace_id: '$traceId' } : context,
    };
    const { traceparent } = left.requests[0]!;
    if (traceparent !== undefined) {
      const [, itsTrace, itsSpan, flags] = traceparent.split('-');
      got['traceparentMatches'] = itsTrace === traceId && itsSpan === spanId;
      got['traceparentFlags'] = flags;
    }
    try {
      expect(got).toEqual(out);
    } catch {
      wrong.push({ id, given, expected: out, got });
    }
  }
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(20);
});
