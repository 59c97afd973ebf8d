// Routes of the App Router, from the folders of the application to names of page loads.

/** What the build hands to pages: paths without parameters, and patterns by specificity. */
export interface RouteManifest {
  static: string[];
  /** Name (`/users/:id`) and source of a RegExp that matches paths of it. */
  dynamic: [name: string, pattern: string][];
}

const isGroup = (segment: string): boolean => /^\([^.)]/.test(segment) || segment.startsWith('@');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Rank, name and pattern of a segment, each with its slash. */
function partOf(segment: string): [rank: number, name: string, pattern: string] {
  const [, optional, rest, name] = /^(\[)?\[(\.\.\.)?([^\]]+)\]\]?$/.exec(segment) ?? [];
  if (name === undefined) return [0, `/${segment}`, `\\/${escaped(segment)}`];
  if (!rest) return [1, `/:${name}`, '\\/[^/]+'];
  return optional ? [3, `/:${name}*?`, '(?:\\/.+)?'] : [2, `/:${name}*`, '\\/.+'];
}

/**
 * Names and patterns of pages.
 *
 * @param pages folders of pages below `app`, their segments joined by slashes; '' is the root
 * @param basePath of the application, in front of all
 */
export function manifestOf(pages: readonly string[], basePath: string): RouteManifest {
  const manifest: RouteManifest = { static: [], dynamic: [] };
  const ranked: [ranks: string, route: [string, string]][] = [];
  for (const page of new Set(pages)) {
    const segments = page.split('/').filter((segment) => segment && !isGroup(segment));
    const parts = segments.map(partOf);
    const name = basePath + parts.map(([, part]) => part).join('');
    if (parts.every(([rank]) => rank === 0)) {
      manifest.static.push(name || '/');
      continue;
    }
    const pattern = escaped(basePath) + parts.map(([, , part]) => part).join('');
    ranked.push([parts.map(([rank]) => rank).join(''), [name, `^${pattern}\\/?$`]]);
  }
  ranked.sort(([a], [b]) => a.localeCompare(b));
  manifest.dynamic = ranked.map(([, route]) => route);
  return manifest;
}

/** Which of these pages of the Pages Router a path is; the first that matches. */
export function pageOf(pages: readonly string[], path: string): string | undefined {
  const patternOf = (page: string): string =>
    page
      .split('/')
      .filter(Boolean)
      .map((segment) => partOf(segment)[2])
      .join('');
  return pages.find((page) => new RegExp(`^${patternOf(page)}\\/?$`).test(path));
}

/** The route of a path; nothing: it has no parameters, or nobody knows it. */
export function routeOf(
  { static: fixed, dynamic }: RouteManifest,
  path: string,
): string | undefined {
  if (fixed.includes(path)) return undefined;
  return dynamic.find(([, pattern]) => new RegExp(pattern).test(path))?.[0];
}
