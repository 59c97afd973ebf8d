import { join } from 'node:path';

import { startProgram } from '../support/cors/program.js';
import { transactionOfOp } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

test("the page load hangs below the server's span that its template wrote into the page", async ({
  page,
  collector,
}) => {
  const dsn = `${collector.origin.replace('//', '//public@')}/1`;
  const file = join(import.meta.dirname, 'server.mjs');
  const server = await startProgram(process.execPath, [file], { DSN: dsn }, /^http:\S+/);
  try {
    const answer = page.waitForResponse(`${server.said}/api/first`);
    await page.goto(`${server.said}/lamps`);
    const headers = (await (await answer).json()) as Record<string, string>;
    const own = await transactionOfOp(collector, 'pageload');
    const ofServer = collector.received(({ body }) => body.includes('"GET /lamps"'));
    const [, , text] = (await ofServer).body.split('\n');
    const root = JSON.parse(text!) as typeof own;

    const { trace_id: trace, span_id: span } = root.contexts.trace;
    expect(own.contexts.trace).toMatchObject({ trace_id: trace, parent_span_id: span });
    // The sampling context arrives as it was, whatever had to be escaped on the way.
    const release = `sentry-release=${encodeURIComponent('shop & "lamps"@1, beta')}`;
    expect(headers['sentry-trace']).toMatch(new RegExp(`^${trace}-[0-9a-f]{16}-1$`));
    expect(headers['baggage']!.split(',')).toContain(release);
    expect(headers['baggage']).toContain(`sentry-trace_id=${trace}`);
  } finally {
    await server.end();
  }
});
