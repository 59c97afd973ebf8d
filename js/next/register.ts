import { createRequire } from 'node:module';
import { join } from 'node:path';

import { warn, type Integration, type Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from '../node/exports.js';
import { keepQuiet } from '../node/quiet-paths.js';
import { contextManager } from './contexts.js';
import { readIfThere } from './manifests.js';
import { register, VERSION, type Api } from './otel.js';
import { propagator } from './propagator.js';
import type { Told } from './told.js';
import { tracerProvider } from './tracer.js';

/** What Next.js gets for its spans and pages. */
export const api: Api = {
  context: contextManager,
  trace: tracerProvider,
  propagation: propagator,
};

/** Of the application's own API, which takes meters and the like only beside its very version. */
function versionHere(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const { version } = (quietly(() => require('@opentelemetry/api/package.json') as object) ??
    {}) as { version?: string };
  return version ?? VERSION;
}

/** What Next.js says of pages that are built once and again, for all visitors. */
interface PrerenderManifest {
  routes?: Record<string, { srcRoute?: string | null }>;
  dynamicRoutes?: Record<string, unknown>;
}

/** The file that says which pages visitors share. Where there is none, no page gets tags. */
function tellPrerendered({ core, options }: Session, folder: string): void {
  const file = join(folder, 'prerender-manifest.json');
  // The development server renders every page for whoever asks.
  const isDevelopment = process.env['NODE_ENV'] === 'development';
  const text = isDevelopment ? '{}' : readIfThere(file);
  if (text === undefined) {
    warn(options.debug, `${file} cannot be read: pages carry no trace (see distDir)`);
    return;
  }
  const { routes = {}, dynamicRoutes = {} } = JSON.parse(text) as PrerenderManifest;
  const all = new Set([...Object.keys(routes), ...Object.keys(dynamicRoutes)]);
  for (const { srcRoute } of Object.values(routes)) if (srcRoute) all.add(srcRoute);
  const lines = core.texts([...all].join('\n'));
  core.run(() => (core.raw as ServerExports).tl_next_prerendered(lines));
}

/** What Next.js says of the paths that it hands on. */
interface RoutesManifest {
  rewrites?: { beforeFiles?: { source: string; destination: string }[] };
}

/** Envelopes of pages that the application hands on are no requests of anybody. */
function keepTunnelQuiet({ distDir, tunnel }: Told): void {
  // Said by the configuration, also in development, where the build is not all there yet.
  if (tunnel) keepQuiet(tunnel);
  const text = readIfThere(join(distDir, 'routes-manifest.json'));
  const { rewrites } = JSON.parse(text ?? '{}') as RoutesManifest;
  for (const { source, destination } of rewrites?.beforeFiles ?? []) {
    if (/^https:\/\/o:org\.ingest\..*\/envelope\//.test(destination)) {
      keepQuiet(source.replace('(/?)', ''));
    }
  }
}

/**
 * Makes spans of those that Next.js starts, and the tags of its pages. `told`: of the build.
 */
export function nextIntegration(told: Told): Integration {
  return {
    name: 'Next',
    install(session) {
      quietly(() => {
        tellPrerendered(session, told.distDir);
      });
      quietly(() => {
        keepTunnelQuiet(told);
      });
      return [register(api, versionHere())];
    },
  };
}
