// Plays one scenario on one side, and tells what its servers got.
import { readFileSync } from 'node:fs';

import { startServers } from './servers.mjs';

const tools = readFileSync(new URL('tools.js', import.meta.url), 'utf8');
const SCRIPT_MS = 20_000;

const html = ({ head = '', init = () => ({}), script = () => {} }, urls) => `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
${head}
<title>peer</title>
<body>
<script>globalThis.peerUrls = ${JSON.stringify(urls)};</script>
<script src="/-/tools.js"></script>
<script src="/-/sdk.js"></script>
<script>globalThis.peerResult = peerPlay(${init}, ${script});</script>
`;

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
  const stage = { page, sent: undefined, errors: [] };
  page.on('pageerror', (error) => stage.errors.push(String(error?.message ?? error)));
  await page.exposeFunction('peerSent', (count) => stage.sent(count));
  return stage;
}

/**
 * @param stage a page that nothing else is played on
 * @param sdk text of the side's script
 * @returns what the page noted and the servers received; `failure` when the script did not end
 *          as it should
 */
export async function play(stage, scenario, sdk) {
  const path = scenario.path ?? '/';
  const [pathname] = path.split('#');
  const files = {
    '/-/tools.js': () => ({ type: 'text/javascript', text: tools }),
    '/-/sdk.js': () => ({ type: 'text/javascript', text: sdk }),
    [pathname]: () => ({
      type: 'text/html',
      headers: scenario.headers,
      text: html(scenario, urls),
    }),
  };
  const servers = await startServers((url) => Object.hasOwn(files, url) && files[url]());
  const { site, api, receiver } = servers.hosts;
  const urls = {
    site: `http://${site}`,
    siteHost: site,
    api: `http://${api}`,
    apiHost: api,
    dsn: `http://public@${receiver}/1`,
    receiver: `http://${receiver}`,
  };
  const { page } = stage;
  const errors = (stage.errors = []);
  stage.sent = servers.sent;
  let result = { notes: {} };
  try {
    await page.goto(`${urls.site}${path}`, { waitUntil: 'load' });
    const played = page.evaluate(() => globalThis.peerResult);
    result = await within(played, SCRIPT_MS, 'the script');
    await servers.sent(scenario.transactions ?? 1);
    await within(
      page.evaluate(() => globalThis.peerFinish()),
      SCRIPT_MS,
      'flush',
    );
  } catch (error) {
    result.failure ??= String(error);
  } finally {
    await servers.close();
  }
  const { requests, envelopes, hosts } = servers;
  return { ...result, errors, requests, envelopes, hosts };
}
