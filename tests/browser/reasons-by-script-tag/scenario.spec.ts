import { expect, test } from '../support/test.js';

interface Debug {
  Throughline: { describePropagation(url: string): string; describeTrace(): string };
}

test('a second script tag tells in sentences why a trace is connected or not', async ({
  page,
  site,
}) => {
  await site.open(page);
  const [request, trace] = await page.evaluate(() => {
    const { Throughline } = globalThis as unknown as Debug;
    return [
      Throughline.describePropagation('https://elsewhere.example/items'),
      Throughline.describeTrace(),
    ];
  });
  expect(request).toBe(
    'https://elsewhere.example/items does not get the trace.\n' +
      'It leaves the origin of the page, and tracePropagationTargets is not set: add the origin to it.',
  );
  expect(trace).toBe(
    'Trace 12345678901234567890123456789012, below span 1121201211212012: recorded.\n' +
      'It continues the trace that the server wrote into the meta tags of the page.\n' +
      'The service that the trace came from, or the root of this route, decided whether it is recorded.',
  );
});

test('by itself it adds nothing and says so', async ({ page, site }) => {
  await page.route('**/throughline.min.js', (route) => route.fulfill({ body: '' }));
  await site.open(page);
  expect(site.console.join('\n')).toContain('throughline.min.js has to be loaded before');
});
