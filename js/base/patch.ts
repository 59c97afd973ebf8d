type Method = (this: unknown, ...args: never[]) => unknown;

/**
 * Replaces `owner[name]` by `wrap(original)` until the returned function is called.
 *
 * Restoring puts back exactly what was there, including "nothing, inherited". If somebody
 * wrapped our wrapper meanwhile, theirs stays and ours becomes a plain pass-through. The entry
 * keeps name and length of the original: pages look at both.
 */
export function patch<K extends string, F extends Method>(
  owner: Record<K, F>,
  name: K,
  wrap: (original: F) => F,
): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  const original = owner[name] as F | undefined;
  if (typeof original !== 'function') return () => undefined;
  const wrapped = wrap(original);
  let active = true;
  const entry = function (this: unknown, ...args: never[]): unknown {
    return Reflect.apply(active ? wrapped : original, this, args);
  } as F;
  Object.defineProperty(entry, 'name', { value: original.name, configurable: true });
  Object.defineProperty(entry, 'length', { value: original.length, configurable: true });
  try {
    owner[name] = entry;
  } catch {
    // A frozen owner: the page wants it that way.
    return () => undefined;
  }
  return () => {
    active = false;
    if (owner[name] !== entry) return;
    if (before) Object.defineProperty(owner, name, before);
    else delete (owner as Partial<Record<K, F>>)[name];
  };
}
