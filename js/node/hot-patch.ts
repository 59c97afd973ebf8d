import { replace } from '../base/patch.js';

type Method = (this: unknown, ...args: never[]) => unknown;

/**
 * As `patch` (js/base/patch.ts), for what runs several times per request: one function in front of
 * the original and not two.
 *
 * @param wrap also gets `live`: once it is not `active` any more, all is to be passed through
 * @returns what takes it back
 */
export function patchHot<K extends string, F extends Method>(
  owner: Record<K, F>,
  name: K,
  wrap: (original: F, live: { readonly active: boolean }) => F,
): () => void {
  const original = owner[name] as F | undefined;
  if (typeof original !== 'function') return () => undefined;
  const live = { active: true };
  const restore = replace(owner, name, wrap(original, live));
  return () => {
    live.active = false;
    restore();
  };
}
