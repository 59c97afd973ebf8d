// Every scenario; a file holds a family.
//
// A scenario is played by the page: `init` and `script` travel as text, so they know only what
// they are given, and the page's globals.
//
//   name      what is looked at
//   path      of the page, default `/`; `head`: what stands in it; `headers` of its response;
//             `referer`: where the visitor comes from
//   init      (urls) => options of `init`; `tracing` in it goes to browserTracingIntegration
//   script    (sdk, tools) => what the page does; tools.js has the tools
//   transactions  how many have to come, default 1
//   streams   spans are streamed
//   differs   { rule: { path: [ours, peer] } }: what the specification wants to differ
//   needs     names of functions or options that ours may not have yet: skipped until it does
import { awaitedHooks } from './awaited-hooks.mjs';
import { awaitedRoutes } from './awaited-routes.mjs';
import { awaitedScopes } from './awaited-scopes.mjs';
import { awaitedSpans } from './awaited-spans.mjs';
import { delivery } from './delivery.mjs';
import { errors } from './errors.mjs';
import { fetches } from './fetch.mjs';
import { metaTags } from './meta-tags.mjs';
import { navigations, redirects } from './navigation.mjs';
import { pageLoads } from './page-load.mjs';
import { routeDetails } from './route-details.mjs';
import { sampling } from './sampling.mjs';
import { spanDetails } from './span-details.mjs';
import { spans } from './spans.mjs';
import { streaming } from './streaming.mjs';
import { targets } from './targets.mjs';
import { hiddenPages, timeouts } from './timeouts.mjs';
import { closing, stacks, traces } from './traces.mjs';
import { xhrs } from './xhr.mjs';

const all = [
  ...[pageLoads, metaTags, spans, fetches, xhrs, targets],
  ...[navigations, redirects, timeouts, hiddenPages, sampling, traces, stacks, closing],
  ...[spanDetails, routeDetails, delivery, errors, streaming],
  ...[awaitedSpans, awaitedHooks, awaitedRoutes, awaitedScopes],
].flat();

const names = new Set(all.map(({ name }) => name));
if (names.size !== all.length) throw new Error('two scenarios have the same name');

export const scenarios = all;
