import Module from 'node:module';

import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { routersFound, type RouterMethods } from './routers.js';

/** What `require('express')` gives, as far as it matters here. */
export interface Express {
  Router: unknown;
}

type Require = (this: unknown, ...given: unknown[]) => unknown;

const IN_EXPRESS = /[\\/]express[\\/]lib[\\/][^\\/]+$/;
const MAIN = /[\\/]express[\\/]lib[\\/]express\.js$/;

/** Version 4 has the methods on the function itself, 5 on its prototype. */
function noteRouter(router: unknown): void {
  const { use, prototype } = router as { use?: unknown; prototype?: RouterMethods };
  const methods = typeof use === 'function' ? (router as RouterMethods) : prototype;
  if (typeof methods?.use === 'function') routersFound(methods);
}

/**
 * Traces the routers of that Express. Needed only where it cannot be found by itself: in a server that
 * was bundled into one file.
 *
 * @param express what `require('express')` or `import express` gives
 * @returns the same
 */
export function instrumentExpress<T extends Express>(express: T): T {
  quietly(() => {
    noteRouter(express.Router);
  });
  return express;
}

/** Finds Express where it is loaded already, and whenever it is. @returns what takes it back */
export function findExpress(): () => void {
  const { prototype, _cache: cache } = Module as unknown as {
    prototype: Record<'require', Require>;
    _cache: Record<string, { exports: Express } | undefined>;
  };
  for (const file of Object.keys(cache)) {
    if (MAIN.test(file)) instrumentExpress(cache[file]!.exports);
  }
  // Express is CommonJS in both versions, so this sees it however it is imported.
  return patch(prototype, 'require', (original) => {
    return function (this: unknown, ...given) {
      const found = Reflect.apply(original, this, given);
      if (given[0] === 'router' || given[0] === './router') {
        quietly(() => {
          if (IN_EXPRESS.test((this as { filename: string }).filename)) noteRouter(found);
        });
      }
      return found;
    };
  });
}
