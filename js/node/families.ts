// Takes the place of js/api/families.ts: on a server most roots are those of requests, whose end is
// known. A WeakRef, which only a major collection clears, would keep their objects for seconds.
import type { RecordedSpan } from '../api/span.js';
import type { Core } from '../core/core.js';

/** The objects of one root and of what is below it, by handle; each of them keeps them all. */
export type Family = Pick<Map<number, RecordedSpan>, 'get' | 'set'> & {
  /** Which all of them have in common, once somebody asked for it. */
  traceId_?: string;
};

/** That of a root which is not recorded: what is below it has no handle. */
class Alone {
  traceId_?: string;
  private span_: RecordedSpan | undefined;

  deref(): this {
    return this;
  }

  get(handle: number): RecordedSpan | undefined {
    return this.span_?.handle === handle ? this.span_ : undefined;
  }

  set(_: number, span: RecordedSpan): never {
    this.span_ = span;
    return this as never;
  }
}

const families = new Map<number, WeakRef<Family> | Alone>();
let familiesOf: Core | undefined;
/** Beyond it, those are looked for that nobody holds any more. */
const MANY_FAMILIES = 100;
let manyFamilies = MANY_FAMILIES;

function lookAt(core: Core): void {
  // After `close` and `init` the same number is another root.
  if (familiesOf !== core) families.clear();
  familiesOf = core;
}

/** A root that is not recorded started; its object is kept until it is forgotten. */
export function rememberRoot(core: Core, root: number): void {
  lookAt(core);
  families.set(root, new Alone());
}

/** It is over. */
export function forgetRoot(core: Core, root: number): void {
  if (familiesOf === core && families.get(root) instanceof Alone) families.delete(root);
}

/** That of a root. */
export function familyOf(core: Core, root: number): Family {
  lookAt(core);
  const known = families.get(root)?.deref();
  if (known) return known;
  if (families.size > manyFamilies) {
    for (const [key, family] of families) {
      if (!family.deref()) families.delete(key);
    }
    // As many again before the next look: on average each family is looked at twice.
    manyFamilies = 2 * families.size + MANY_FAMILIES;
  }
  const family: Family = new Map<number, RecordedSpan>();
  if (root) families.set(root, new WeakRef(family));
  return family;
}
