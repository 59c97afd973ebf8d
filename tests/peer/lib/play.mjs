// Plays one scenario on one side, and tells what its servers got.
import { readFileSync } from 'node:fs';

import { startServers } from './servers.mjs';

const tools = readFileSync(new URL('tools.js', import.meta.url), 'utf8');
const SCRIPT_MS = 20_000;

/**
 * The page in two parts. The second one is held back until the script waits for something that
 * needs it or has ended: until then the document is loading, and no page load ends by itself,
 * however slow the machine is.
 */
const html = ({ head = '', init = () => ({}), script = () => {}, streams = false }, urls) => [
  `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
${head}
<title>peer</title>
<body>
<script>globalThis.peerUrls = ${JSON.stringify(urls)};</script>
<script src="/-/tools.js"></script>
<script src="/-/sdk.js"></script>
<script>peerPlay(${init}, ${script}, ${streams});</script>
`,
  '</body>',
];

async function within(promise, ms, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Opens a page that plays one scenario after the other. */
export async function openStage(context) {
  const page = await context.newPage();
  const stage = { page, calls: {}, errors: [] };
  page.on('pageerror', (error) => stage.errors.push(String(error?.message ?? error)));
  await page.exposeFunction('peerCall', (name, given) => stage.calls[name](given));
  return stage;
}

/**
 * @param stage a page that nothing else is played on
 * @param sdk text of the side's script
 * @param expected how many transactions have to come
 * @returns what the page noted and the servers received; `failure` when the script did not end
 *          as it should
 */
export async function play(stage, scenario, sdk, expected) {
  const path = scenario.path ?? '/';
  const [pathname] = path.split('#');
  const { page, calls } = stage;
  const errors = (stage.errors = []);
  const released = new Promise((resolve) => (calls.release = resolve));
  const played = new Promise((resolve) => (calls.played = resolve));

  const files = {
    '/-/tools.js': () => ({ type: 'text/javascript', text: tools }),
    '/-/sdk.js': () => ({ type: 'text/javascript', text: sdk }),
    [pathname]: () => {
      const [text, rest] = html(scenario, urls);
      const { headers } = scenario;
      return { type: 'text/html; charset=utf-8', headers, text, rest: released.then(() => rest) };
    },
  };
  const servers = await startServers((url) => Object.hasOwn(files, url) && files[url]());
  calls.sent = servers.sent;
  calls.arrived = servers.arrived;
  const { site, api, receiver } = servers.hosts;
  const urls = {
    site: `http://${site}`,
    siteHost: site,
    api: `http://${api}`,
    apiHost: api,
    dsn: `http://public@${receiver}/1`,
    receiver: `http://${receiver}`,
  };
  let result = { notes: {} };
  try {
    await page.goto(`${urls.site}${path}`, {
      waitUntil: 'commit',
      ...(scenario.referer && { referer: scenario.referer }),
    });
    result = await within(played, SCRIPT_MS, 'the script');
    await servers.sent(expected);
    const finished = page.evaluate(() => globalThis.peerFinish());
    await within(finished, SCRIPT_MS, 'flush');
  } catch (error) {
    result.failure ??= String(error);
  } finally {
    // A later scenario may get a port, and with it the origin, that this one had.
    await page
      .evaluate(() => {
        sessionStorage.clear();
        localStorage.clear();
      })
      .catch(() => undefined);
    await servers.close();
  }
  const { requests, envelopes, hosts } = servers;
  return { ...result, errors, requests, envelopes, hosts };
}
