import type { Session } from '../api/client.js';
import { activeHandle, here } from '../api/scopes.js';
import { getRootSpan } from '../api/span-helpers.js';
import { getActiveSpan } from '../api/trace.js';
import { quietly } from '../base/quietly.js';

/**
 * Passes on what the page's life is made of: clicks and keys (a change of URL without them may
 * be a redirect), the document being ready, errors that nobody caught.
 *
 * Spec: lifecycle.md sections 1, 3 and 5.
 *
 * @returns what undoes it
 */
export function watchPage(session: Session): (() => void)[] {
  const { core, host } = session;
  const { raw } = core;
  const undo: (() => void)[] = [];
  const on = (target: EventTarget, types: string[], listener: (event: Event) => void): void => {
    for (const type of types) {
      target.addEventListener(type, listener, true);
      undo.push(() => {
        target.removeEventListener(type, listener, true);
      });
    }
  };
  const listen = (target: EventTarget, types: string[], event: (now: number) => number): void => {
    on(target, types, () => {
      quietly(() => {
        const now = host.now();
        if (core.alive) core.run(() => event(now));
      });
    });
  };
  on(globalThis, ['error', 'unhandledrejection'], ({ target }) => {
    quietly(() => {
      const active = getActiveSpan();
      // An image that could not be loaded is none: that happened to an element.
      if (!active || target !== globalThis) return;
      getRootSpan(active).setStatus({ code: 2, message: 'internal_error' });
    });
  });
  listen(globalThis, ['click', 'keydown'], (now) => raw.tl_interaction(now));
  listen(document, ['readystatechange'], (now) =>
    document.readyState === 'loading' ? raw.tl_word() : raw.tl_document_ready(now),
  );
  return undo;
}

/**
 * Tells the core when the page is hidden: what was lost is reported then, and what is active ends
 * (lifecycle.md section 7), if the integration is there.
 *
 * @returns what undoes it
 */
export function watchVisibility({ core, host }: Session): () => void {
  const listener = (): void => {
    if (!core.alive || document.visibilityState !== 'hidden') return;
    quietly(() => {
      const now = host.now();
      core.run(() => core.raw.tl_hidden(here().scope, activeHandle(), now));
    });
  };
  document.addEventListener('visibilitychange', listener, true);
  return () => {
    document.removeEventListener('visibilitychange', listener, true);
  };
}
