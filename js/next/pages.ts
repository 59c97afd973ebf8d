// Which page of the application a request asks for, where Next.js does not tell us: another
// OpenTelemetry set-up has its spans (server.md section 8.2).
import { join } from 'node:path';

import type { Integration, Session } from '../api/client.js';
import { handleOf } from '../api/scopes.js';
import { RecordedSpan, spanToJSON, type Span } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from '../node/exports.js';
import { readIfThere } from './manifests.js';
import type { Told } from './told.js';

interface Page {
  page: string;
  /** Of the paths that lead there. */
  regex: string;
}

interface RoutesManifest {
  basePath?: string;
  staticRoutes?: Page[];
  dynamicRoutes?: Page[];
}

/** @returns what finds the page of a path; Next.js has them in the order in which it looks. */
function pagesIn({ basePath = '', staticRoutes = [], dynamicRoutes = [] }: RoutesManifest) {
  const pages = [...staticRoutes, ...dynamicRoutes].map(
    ({ page, regex }) => [page, new RegExp(regex)] as const,
  );
  return (path: string): string | undefined => {
    if (!path.startsWith(basePath)) return undefined;
    const own = path.slice(basePath.length) || '/';
    return pages.find(([, regex]) => regex.test(own))?.[0];
  };
}

function nameRequest({ core }: Session, span: Span, find: ReturnType<typeof pagesIn>): void {
  if (!(span instanceof RecordedSpan) || span.handle !== span.root) return;
  const { data, op } = spanToJSON(span);
  const path = data['url.path'];
  const page = op === 'http.server' && typeof path === 'string' ? find(path) : undefined;
  if (!page) return;
  const text = core.texts(page);
  core.run(() => (core.raw as ServerExports).tl_next_route(handleOf(span), text));
}

/** Names requests by their pages. `told`: of the build. */
export const pageNames = ({ distDir }: Told): Integration => ({
  name: 'Next',
  install(session) {
    const text = readIfThere(join(distDir, 'routes-manifest.json'));
    if (text === undefined) return [];
    const find = pagesIn(JSON.parse(text) as RoutesManifest);
    return [
      session.on('spanStart', (span) => {
        quietly(() => {
          nameRequest(session, span, find);
        });
      }),
    ];
  },
});
