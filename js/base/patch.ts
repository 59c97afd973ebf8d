type Method = (this: unknown, ...args: never[]) => unknown;

/**
 * Puts `entry` in the place of `owner[name]`, with name and length of the original: pages look at
 * both. Does nothing where the owner is frozen: the page wants it that way.
 *
 * @returns what puts back exactly what was there, including "nothing, inherited", unless somebody
 *   else replaced `entry` meanwhile: theirs stays
 */
export function replace<K extends string, F extends Method>(
  owner: Record<K, F>,
  name: K,
  entry: F,
): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  const original = owner[name];
  Object.defineProperty(entry, 'name', { value: original.name, configurable: true });
  Object.defineProperty(entry, 'length', { value: original.length, configurable: true });
  try {
    owner[name] = entry;
  } catch {
    return () => undefined;
  }
  return () => {
    if (owner[name] !== entry) return;
    if (before) Object.defineProperty(owner, name, before);
    else delete (owner as Partial<Record<K, F>>)[name];
  };
}

/**
 * Replaces `owner[name]` by `wrap(original)` until the returned function is called; as `replace`. If
 * somebody wrapped our wrapper meanwhile, theirs stays and ours becomes a plain pass-through.
 */
export function patch<K extends string, F extends Method>(
  owner: Record<K, F>,
  name: K,
  wrap: (original: F) => F,
): () => void {
  const original = owner[name] as F | undefined;
  if (typeof original !== 'function') return () => undefined;
  const wrapped = wrap(original);
  let active = true;
  const restore = replace(owner, name, function (this: unknown, ...args: never[]): unknown {
    return Reflect.apply(active ? wrapped : original, this, args);
  } as F);
  return () => {
    active = false;
    restore();
  };
}
