import type { Session } from '../api/client.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { resolve } from './page.js';

type HistoryMethod = (this: unknown, data: unknown, unused: string, url?: unknown) => void;

/**
 * Tells the core where the page goes, before it goes there.
 *
 * Spec: lifecycle.md section 4.
 *
 * @returns what undoes it
 */
export function traceHistory({ core, host }: Session): (() => void)[] {
  const change = (to: string): void => {
    quietly(() => {
      const now = host.now();
      if (core.alive) {
        const text = core.texts(to);
        core.run(() => {
          core.module.routeChange(text, now);
        });
      }
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
  const onPopState = (): void => {
    change(location.href);
  };
  addEventListener('popstate', onPopState);
  const owner = history as unknown as { pushState: HistoryMethod; replaceState: HistoryMethod };
  return [
    patch(owner, 'pushState', wrap),
    patch(owner, 'replaceState', wrap),
    () => {
      removeEventListener('popstate', onPopState);
    },
  ];
}
