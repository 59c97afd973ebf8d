import type { Session } from '../api/client.js';
import { activeHandle, here } from '../api/scopes.js';
import { quietly } from '../base/quietly.js';

/**
 * Passes on what the page's life is made of: clicks and keys (a change of URL without them may
 * be a redirect), the document being ready, the page being hidden.
 *
 * Spec: lifecycle.md sections 3, 5 and 7.
 *
 * @returns what undoes it
 */
export function watchPage(session: Session): (() => void)[] {
  const { core, host } = session;
  const { raw } = core;
  const undo: (() => void)[] = [];
  const listen = (target: EventTarget, types: string[], event: (now: number) => number): void => {
    const listener = (): void => {
      quietly(() => {
        const now = host.now();
        if (core.alive) core.run(() => event(now));
      });
    };
    for (const type of types) {
      target.addEventListener(type, listener, true);
      undo.push(() => {
        target.removeEventListener(type, listener, true);
      });
    }
  };
  listen(globalThis, ['click', 'keydown'], (now) => raw.tl_interaction(now));
  listen(document, ['readystatechange'], (now) =>
    document.readyState === 'loading' ? raw.tl_word() : raw.tl_document_ready(now),
  );
  listen(document, ['visibilitychange'], (now) =>
    document.visibilityState === 'hidden'
      ? raw.tl_hidden(here().scope, activeHandle(), now)
      : raw.tl_word(),
  );
  return undo;
}
