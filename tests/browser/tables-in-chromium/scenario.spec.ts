// The tables of tests/cases that concern headers, through the public API in a real browser. The
// pages stand at the addresses that the tables name, answered by the test itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page, Route } from '@playwright/test';

import { expect, test } from '../support/test.js';

interface Case {
  id: string;
  group?: string;
  in: Record<string, unknown>;
  out: unknown;
}

declare const runCases: (kind: string, cases: Case[]) => Promise<unknown[]>;
declare const requestCase: (kind: string, given: unknown) => Promise<void>;

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = 'https://app.example.com/';

async function casesOf(kind: string): Promise<Case[]> {
  const text = await readFile(join(ROOT, `tests/cases/${kind}.json`), 'utf8');
  return (JSON.parse(text) as { cases: Case[] }).cases;
}

/** Puts a page at any address, with the script and the runner of cases in it. */
async function pageAt(page: Page, url: string, head = ''): Promise<void> {
  const script = await readFile(join(ROOT, 'dist/throughline.min.js'), 'utf8');
  const runner = await readFile(join(import.meta.dirname, 'page.js'), 'utf8');
  if (url !== 'about:blank') {
    // Of that page alone: requests of the cases have their own route.
    const isPage = ({ href }: URL): boolean => href.replace(/#.*/, '') === url.replace(/#.*/, '');
    await page.route(isPage, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html><head>${head}</head>` }),
    );
  }
  await page.goto(url);
  await page.addScriptTag({ content: script });
  await page.addScriptTag({ content: runner });
}

/** As conventions of the tables have it: generated numbers compare with a tolerance. */
function same(expected: unknown, got: unknown): boolean {
  try {
    expect(got).toEqual(expected);
    return true;
  } catch {
    return false;
  }
}

function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, each: unknown) =>
      /sample_?rand/i.test(key) && each !== null ? Math.round(Number(each) * 1e5) / 1e5 : each,
    ),
  );
}

/** Members of the required result that the public API can tell. */
function visible(kind: string, group: string | undefined, out: unknown): unknown {
  const all = out as Record<string, unknown> | null;
  if (kind === 'baggage') return { dsc: withoutRand(all!['dsc'] as object | null) };
  if (kind === 'traceparent' && all) {
    return { traceId: all['traceId'], parentId: all['parentId'], sampled: all['sampled'] };
  }
  if (kind === 'sampling' && group?.endsWith('decision')) {
    const { sampled, sampleRate, localRateApplied } = all!;
    return { sampled, sampleRate: localRateApplied ? sampleRate : null };
  }
  return out;
}

function withoutRand(dsc: object | null): object {
  const rest = { ...dsc } as Record<string, unknown>;
  delete rest['sample_rand'];
  return rest;
}

/** @returns what differs, by case, and how many cases the API could be asked. */
async function run(page: Page, kind: string, cases: Case[]) {
  const results = await page.evaluate(([family, all]) => runCases(family, all), [
    kind,
    cases,
  ] as const);
  let asked = 0;
  const wrong: object[] = [];
  cases.forEach(({ id, group, in: given, out }, index) => {
    const got = results[index];
    if (got === undefined) return;
    asked += 1;
    const expected = visible(kind, group, out);
    if (!same(rounded(expected), rounded(got))) wrong.push({ id, given, expected, got });
  });
  return { asked, wrong };
}

for (const [kind, fewest] of [
  ['sentry-trace', 75],
  ['traceparent', 45],
  ['baggage', 65],
  ['sampling', 75],
] as const) {
  test(`${kind}: every case that the public API can be asked`, async ({ page }) => {
    await pageAt(page, PAGE);
    const { asked, wrong } = await run(page, kind, await casesOf(kind));
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(fewest);
  });
}

test('targets: every page that a browser can stand at', async ({ page }) => {
  const cases = await casesOf('targets');
  const pages = new Map<string, Case[]>();
  for (const each of cases) {
    const url = each.in['page'] as string | null;
    // A worker has no location (its own scenario); that file is on nobody's disk.
    if (url === null || url.startsWith('file:')) continue;
    pages.set(url, [...(pages.get(url) ?? []), each]);
  }
  for (const [url, all] of pages) {
    await pageAt(page, url);
    const { wrong } = await run(page, 'targets', all);
    expect(wrong, url).toEqual([]);
  }
});

const OURS = ['sentry-trace', 'baggage', 'traceparent'];

/** Headers with the table's span id, and without the random number of a continued trace. */
function normal(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (name !== 'baggage') return [name, value.replace(/(?<=[0-9a-f]{32}-)[0-9a-f]{16}/, 'S')];
      return [name, value.replace(/,sentry-sample_rand=[\d.]+/, '').replace(/\s*,\s*/g, ',')];
    }),
  );
}

for (const kind of ['fetch-headers', 'xhr-headers']) {
  test(`${kind}: what leaves the browser`, async ({ page }) => {
    const wrong: object[] = [];
    for (const { id, in: given, out } of await casesOf(kind)) {
      const trace = '771a43a4192642f0b136d5159a501700';
      const members = `sentry-trace_id=${trace},sentry-public_key=k,sentry-sampled=true`;
      const tags =
        `<meta name="sentry-trace" content="${trace}-1121201211212012-1">` +
        (given['noBaggage'] ? '' : `<meta name="baggage" content="${members}">`);
      let sent: Record<string, string> | undefined;
      const record = async (route: Route): Promise<void> => {
        sent = await route.request().allHeaders();
        await route.fulfill({ body: '{}', headers: { 'access-control-allow-origin': '*' } });
      };
      await page.unrouteAll();
      await page.route(/\/(api|x)\b/, record);
      await pageAt(page, PAGE, tags);
      const left = page.waitForResponse(/\/(api|x)\b/);
      await page.evaluate(([family, one]) => requestCase(family, one), [kind, given] as const);
      await left;
      const required = out as Record<string, string>;
      const names = new Set([...Object.keys(required), ...OURS]);
      const got = Object.fromEntries(Object.entries(sent!).filter(([name]) => names.has(name)));
      if (!same(normal(required), normal(got))) wrong.push({ id, required, got });
    }
    expect(wrong).toEqual([]);
  });
}
