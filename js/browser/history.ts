import type { Session } from '../api/client.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import type { Core } from '../core/core.js';
import { resolve } from './page.js';
import type { RouteEvent, StartRoute } from './route.js';

type HistoryMethod = (this: unknown, data: unknown, unused: string, url?: unknown) => void;

/** As the core numbers them (wasm/throughline/runtime.h). */
export const enum NavigationKind {
  history = 0,
  manual = 1,
  redirect = 2,
}

/** A change of URL, now unless the options of its span say when. */
export function navigationEvent(
  core: Core,
  to: string,
  now: number,
  kind = NavigationKind.history,
  start = now,
): RouteEvent {
  return {
    kind: 'navigation',
    href: to,
    start,
    prepare(route, answered) {
      const texts = core.texts(to, ...route);
      return () => core.raw.tl_route_change(texts, start, kind, answered, now);
    },
  };
}

/**
 * Tells the core where the page goes, before it goes there.
 *
 * Spec: lifecycle.md section 4.
 *
 * @param startRoute tells the core
 * @returns what undoes it
 */
export function traceHistory(session: Session, startRoute: StartRoute): (() => void)[] {
  const { core, host } = session;
  const change = (to: string): void => {
    quietly(() => {
      const now = host.now();
      if (!core.alive) return;
      startRoute(session, navigationEvent(core, to, now));
    });
  };
  const wrap = (original: HistoryMethod): HistoryMethod =>
    function (...args) {
      const url = args[2];
      if (url) {
        quietly(() => {
          const text = url instanceof URL ? url.href : (url as string);
          change(resolve(text)?.href ?? text);
        });
      }
      Reflect.apply(original, this, args);
    };
  const onChanged = (): void => {
    change(location.href);
  };
  addEventListener('popstate', onChanged);
  // Where there is a Navigation API it tells before any `popstate`, and of routes that go through it
  // alone. Who is told twice is told of the same URL, which is no change.
  const { navigation: given } = globalThis as { navigation?: unknown };
  // Pages like to call something of their own so.
  const navigation = given instanceof EventTarget ? given : undefined;
  navigation?.addEventListener('currententrychange', onChanged);
  const owner = history as unknown as { pushState: HistoryMethod; replaceState: HistoryMethod };
  return [
    patch(owner, 'pushState', wrap),
    patch(owner, 'replaceState', wrap),
    () => {
      removeEventListener('popstate', onChanged);
      navigation?.removeEventListener('currententrychange', onChanged);
    },
  ];
}
