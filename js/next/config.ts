// `throughline/next/config`: what next.config needs. Loads nothing of the core.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { manifestOf, type RouteManifest } from './routes.js';
import { tellServer } from './told.js';

/** Options of `withThroughlineConfig`. */
export interface ThroughlineConfigOptions {
  /**
   * Envelopes of pages go to this path of the application, which hands them on to Sentry's ingest:
   * blockers let them through. `true`: a path by chance. Only with a DSN of sentry.io.
   */
  tunnelRoute?: string | boolean;
  /** Page loads are not named by the folders of the application. */
  disableManifestInjection?: boolean;
}

interface Rewrite {
  source: string;
  destination: string;
  has?: { type: string; key: string; value?: string }[];
}

type Rewrites =
  Rewrite[] | { beforeFiles?: Rewrite[]; afterFiles?: Rewrite[]; fallback?: Rewrite[] };

/** What is read and set of the configuration of Next.js; all else stays as it is. */
interface Config {
  env?: Record<string, string | undefined>;
  distDir?: string;
  basePath?: string;
  output?: string;
  pageExtensions?: string[];
  cacheComponents?: boolean;
  serverExternalPackages?: string[];
  experimental?: Record<string, unknown> & { clientTraceMetadata?: string[] };
  rewrites?: () => Promise<Rewrites> | Rewrites;
}

type MakeConfig = (...given: never[]) => object | Promise<object>;

const TAGS = ['sentry-trace', 'baggage'];
const PACKAGE = 'throughline';
/** Workers of the build make the configuration anew; children inherit what is here. */
const TUNNEL = '_throughlineTunnel';

/** Major version of the Next.js that is installed; the newest if that cannot be told. */
function majorOfNext(): number {
  try {
    const require = createRequire(join(process.cwd(), 'package.json'));
    const { version } = require('next/package.json') as { version: string };
    return parseInt(version, 10) || Infinity;
  } catch {
    return Infinity;
  }
}

/** Folders below `folder` that hold a page, as paths of segments. */
function pagesBelow(folder: string, extensions: readonly string[], path = ''): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    if (entry.isDirectory()) {
      // Private folders, and routes shown in place of others, whose path is that of the other one.
      const hidden = entry.name.startsWith('_') || /^\(\.+\)/.test(entry.name);
      if (!hidden) found.push(...pagesBelow(folder, extensions, `${path}/${entry.name}`));
    } else if (extensions.some((extension) => entry.name === `page.${extension}`)) {
      found.push(path);
    }
  }
  return found;
}

function manifestHere({ basePath = '', pageExtensions }: Config): RouteManifest | undefined {
  const extensions = pageExtensions ?? ['tsx', 'ts', 'jsx', 'js'];
  for (const folder of ['app', 'src/app']) {
    try {
      return manifestOf(pagesBelow(join(process.cwd(), folder), extensions), basePath);
    } catch {
      // There is none.
    }
  }
  return undefined;
}

function tunnelPathOf({ tunnelRoute }: ThroughlineConfigOptions, { output }: Config): string {
  if (!tunnelRoute) return '';
  if (output === 'export') {
    console.warn(
      '[throughline] tunnelRoute: an exported application (output: "export") has no server that ' +
        'could hand envelopes on; they are sent directly',
    );
    return '';
  }
  if (typeof tunnelRoute === 'string') {
    return tunnelRoute.startsWith('/') ? tunnelRoute : `/${tunnelRoute}`;
  }
  process.env[TUNNEL] ??= `/${Math.random().toString(36).slice(2, 10).padEnd(8, '0')}`;
  return process.env[TUNNEL];
}

/** Envelopes to the ingest of the organisation, project and region in the query. */
function tunnelRewrites(path: string): Rewrite[] {
  const query = (key: string, name: string, pattern: string): NonNullable<Rewrite['has']>[0] => ({
    type: 'query',
    key,
    value: `(?<${name}>${pattern})`,
  });
  const source = `${path}(/?)`;
  const has = [query('o', 'org', '\\d+'), query('p', 'project', '\\d+')];
  const to = (host: string): string => `https://${host}/api/:project/envelope/?hsts=0`;
  return [
    {
      source,
      has: [...has, query('r', 'region', '[a-z]{2}')],
      destination: to('o:org.ingest.:region.sentry.io'),
    },
    { source, has, destination: to('o:org.ingest.sentry.io') },
  ];
}

function withTunnel(given: Config['rewrites'], path: string): Config['rewrites'] {
  return async () => {
    const ours = tunnelRewrites(path);
    const theirs = (await given?.()) ?? [];
    // Before files: a page may have that path, or a route that takes all.
    if (Array.isArray(theirs)) return { beforeFiles: ours, afterFiles: theirs };
    return { ...theirs, beforeFiles: [...ours, ...(theirs.beforeFiles ?? [])] };
  };
}

const withAll = (list: readonly string[] | undefined, more: readonly string[]): string[] => [
  ...new Set([...(list ?? []), ...more]),
];

function extended(given: object, options: ThroughlineConfigOptions): object {
  const config = given as Config;
  const { experimental, basePath = '' } = config;
  const tunnel = tunnelPathOf(options, config);
  const { distDir } = config;
  tellServer({ ...(distDir && { distDir }), ...(tunnel && { tunnel: basePath + tunnel }) });
  const manifest = options.disableManifestInjection ? undefined : manifestHere(config);
  // Its shells are built for all, and would hold the trace of whoever came first.
  const hasShells = [config, experimental].some(
    (part) => (part as Config | undefined)?.cacheComponents === true,
  );
  const hasTags = majorOfNext() >= 15 && !hasShells;
  return {
    ...config,
    env: {
      ...config.env,
      ...(manifest && { _throughlineRoutes: JSON.stringify(manifest) }),
      ...(tunnel && { [TUNNEL]: basePath + tunnel }),
    },
    serverExternalPackages: withAll(config.serverExternalPackages, [PACKAGE]),
    ...(hasTags && {
      experimental: {
        ...experimental,
        clientTraceMetadata: withAll(experimental?.clientTraceMetadata, TAGS),
      },
    }),
    ...(tunnel && { rewrites: withTunnel(config.rewrites, tunnel) }),
  };
}

/**
 * The configuration of an application of Next.js with what Throughline needs: pages carry the trace
 * of their request in meta tags, the package runs on the server as it is, and page loads are named
 * by their route.
 *
 * @param config an object, or a function that makes one; it is not changed
 * @returns the same kind of thing
 */
export function withThroughlineConfig<Given extends object>(
  config: Given,
  options: ThroughlineConfigOptions = {},
): Given {
  if (typeof config !== 'function') return extended(config, options) as Given;
  const make = config as unknown as MakeConfig;
  const made: MakeConfig = async (...given) => extended(await make(...given), options);
  return made as unknown as Given;
}
