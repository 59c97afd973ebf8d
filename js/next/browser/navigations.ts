import { getClient, startBrowserTracingNavigationSpan } from '../../index.js';
import type { Client } from '../../api/client.js';
import type { Span } from '../../api/span.js';
import { patch } from '../../base/patch.js';
import { quietly } from '../../base/quietly.js';
import { pageOf } from '../routes.js';
import { nameOfPath, type RouteName } from './names.js';

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** What Next.js keeps on the page of the router that runs. */
interface Router {
  push?: Method;
  replace?: Method;
  /** Of the Pages Router. */
  events?: {
    on(name: string, listener: (url: string) => void): void;
    off(name: string, listener: (url: string) => void): void;
  };
}

interface PageOfNext {
  next?: { router?: Router };
  __BUILD_MANIFEST?: { sortedPages?: string[] };
}

const page = globalThis as unknown as PageOfNext;

/** Milliseconds between looks for the router, and how many there are: ten seconds. */
const PAUSE = 20;
const LOOKS = 500;

/** A navigation that was seen from outside, until the application tells of it as well. */
let untold: { span: Span; href: string } | undefined;
/** The application tells of transitions itself. */
let isTold = false;

const resolved = (href: string): URL => new URL(href, location.href);

const attributesOf = (
  router: 'app' | 'pages',
  { source }: RouteName,
  type?: string,
): Record<string, string> => ({
  'sentry.source': source,
  'sentry.origin': `auto.navigation.nextjs.${router}_router_instrumentation`,
  ...(type && { 'navigation.type': type }),
});

function start(client: Client, href: string, type: string): Span | undefined {
  const { pathname } = resolved(href);
  const name = nameOfPath(pathname);
  untold = undefined;
  return startBrowserTracingNavigationSpan(
    client,
    { name: name.name, op: 'navigation', attributes: attributesOf('app', name, type) },
    { url: href },
  );
}

/** One that the application may tell of later. */
function startUntold(href: string, type: string): void {
  quietly(() => {
    const client = getClient();
    const span = client && start(client, href, type);
    untold = span && { span, href: resolved(href).href };
  });
}

/**
 * For `onRouterTransitionStart` of instrumentation-client.ts: a navigation of the App Router starts.
 *
 * @param href where it goes, relative or absolute
 * @param type `push`, `replace` or `traverse`
 */
export function captureRouterTransitionStart(href: string, type: string): void {
  isTold = true;
  quietly(() => {
    const client = getClient();
    if (!client) return;
    const to = resolved(href);
    if (untold?.href !== to.href) {
      start(client, href, `router.${type}`);
      return;
    }
    const name = nameOfPath(to.pathname);
    untold.span.updateName(name.name).setAttributes(attributesOf('app', name, `router.${type}`));
    untold = undefined;
  });
}

/** The route of a path by the pages of the Pages Router. */
function nameByPages(path: string): RouteName {
  const found = pageOf(page.__BUILD_MANIFEST?.sortedPages ?? [], path);
  return found ? { name: found, source: 'route' } : { name: path, source: 'url' };
}

function watchPagesRouter(client: Client, { events }: Router): () => void {
  const onStart = (url: string): void => {
    quietly(() => {
      const { pathname } = resolved(url);
      const name = nameByPages(pathname);
      startBrowserTracingNavigationSpan(
        client,
        { name: name.name, op: 'navigation', attributes: attributesOf('pages', name) },
        { url },
      );
    });
  };
  events?.on('routeChangeStart', onStart);
  return () => events?.off('routeChangeStart', onStart);
}

/**
 * Before 15.3, and where it does not ask, the application is not told of transitions; the methods of
 * the router are. Ways back and forward are told of by `popstate`.
 */
function watchAppRouter(router: Router): (() => void)[] {
  return (['push', 'replace'] as const)
    .filter((method) => typeof router[method] === 'function')
    .map((method) =>
      patch(router as Record<typeof method, Method>, method, (original) => {
        return function (this: unknown, ...given) {
          const [href] = given;
          if (!isTold && typeof href === 'string') {
            startUntold(href, `router.${method}`);
          }
          return Reflect.apply(original, this, given);
        };
      }),
    );
}

/** Watches both routers of the page. @returns what undoes it */
export function traceNavigations(client: Client): (() => void)[] {
  const undo: (() => void)[] = [];
  const isPagesRouter = document.getElementById('__NEXT_DATA__') !== null;
  let looks = 0;
  const look = (): void => {
    const router = page.next?.router;
    if (!router) {
      if (++looks < LOOKS) timer = setTimeout(look, PAUSE);
    } else if (isPagesRouter) {
      undo.push(watchPagesRouter(client, router));
    } else {
      undo.push(...watchAppRouter(router));
    }
  };
  let timer = setTimeout(look, 0);
  const onPopState = (): void => {
    startUntold(location.href, 'browser.popstate');
  };
  if (!isPagesRouter) addEventListener('popstate', onPopState);
  return [
    () => {
      clearTimeout(timer);
      removeEventListener('popstate', onPopState);
      for (const step of undo) step();
    },
  ];
}
