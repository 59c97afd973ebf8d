import { routeOf, type RouteManifest } from '../routes.js';

/** How a page or a navigation is called, and by whom. */
export interface RouteName {
  name: string;
  source: 'route' | 'url';
}

let manifest: RouteManifest | undefined;
let isRead = false;

/** The routes of the App Router, as the build left them here. */
function routes(): RouteManifest | undefined {
  if (isRead) return manifest;
  isRead = true;
  try {
    const text = process.env['_throughlineRoutes'];
    manifest = text ? (JSON.parse(text) as RouteManifest) : undefined;
  } catch {
    // Names are paths then.
  }
  return manifest;
}

/** By the routes of the App Router. @param path of a URL */
export function nameOfPath(path: string): RouteName {
  const known = routes();
  const name = path.replace(/(.)\/$/, '$1');
  const route = known && routeOf(known, name);
  return route ? { name: route, source: 'route' } : { name, source: 'url' };
}

/** What the Pages Router says of the page, if it made it. */
function pageOfPagesRouter(): string | undefined {
  const text = document.getElementById('__NEXT_DATA__')?.textContent;
  if (text == null) return undefined;
  try {
    return (JSON.parse(text) as { page?: string }).page ?? '';
  } catch {
    return '';
  }
}

/** The page that is being loaded, and by which router it was made. */
export function nameOfPage(): RouteName & { router: 'app' | 'pages' } {
  const page = pageOfPagesRouter();
  if (page === undefined) return { ...nameOfPath(location.pathname), router: 'app' };
  return page
    ? { name: page, source: 'route', router: 'pages' }
    : { name: location.pathname, source: 'url', router: 'pages' };
}
