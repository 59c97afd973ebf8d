// The span objects of one root, found by handle as long as somebody holds one of them. The bundles
// for servers take js/node/families.ts instead of this file.
import type { Core } from '../core/core.js';
import type { RecordedSpan } from './span.js';

/** The objects of one root and of what is below it, by handle; each of them keeps them all. */
export type Family = Map<number, RecordedSpan> & {
  /** Which all of them have in common, once somebody asked for it. */
  traceId_?: string;
};

const families = new Map<number, WeakRef<Family>>();
let familiesOf: Core | undefined;

let gone: FinalizationRegistry<number> | undefined;

/** That of a root. */
export function familyOf(core: Core, root: number): Family {
  // After `close` and `init` the same number is another root.
  if (familiesOf !== core) families.clear();
  familiesOf = core;
  const known = families.get(root)?.deref();
  if (known) return known;
  const family: Family = new Map<number, RecordedSpan>();
  // Without the class, objects are made anew whenever they are asked for.
  if (root && 'WeakRef' in globalThis) {
    families.set(root, new WeakRef(family));
    gone ??= new FinalizationRegistry((number) => {
      // Another root may have the number by now.
      if (!families.get(number)?.deref()) families.delete(number);
    });
    gone.register(family, root);
  }
  return family;
}
