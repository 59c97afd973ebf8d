import { transactionsOf, type SpanPayload } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

test('a request tells what the browser measured of it', async ({ page, site, collector }) => {
  await site.open(page);
  const [load] = await transactionsOf(collector, 1);
  const spanTo = (path: string): SpanPayload =>
    load!.spans.find(({ data }) => String(data['http.url']).includes(path))!;
  for (const path of ['/api/own', '/api/xhr']) {
    const { data, ...times } = spanTo(path);
    const { start_timestamp: start, timestamp: end } = times as Record<string, unknown>;
    expect(data).toMatchObject({
      'network.protocol.name': 'http',
      'network.protocol.version': '1.1',
      'http.request.redirect_start': 0,
    });
    const at = (key: string): number => data[`http.request.${key}`] as number;
    // Clocks of pages are coarse.
    const slack = 0.002;
    expect(at('fetch_start')).toBeGreaterThanOrEqual((start as number) - slack);
    expect(at('request_start')).toBeGreaterThanOrEqual(at('fetch_start'));
    expect(at('response_start')).toBeGreaterThanOrEqual(at('request_start'));
    expect(at('response_start')).toBeLessThanOrEqual((end as number) + slack);
    expect(at('time_to_first_byte')).toBeGreaterThan(0);
    expect(at('time_to_first_byte')).toBeLessThan(60);
  }
  // Another origin that does not allow it tells no times, and no protocol.
  expect(spanTo('/foreign').data).toMatchObject({
    'http.request.request_start': 0,
    'http.request.response_start': 0,
    'network.protocol.name': '',
  });
});
