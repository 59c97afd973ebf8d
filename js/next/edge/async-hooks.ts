// Takes the place of `node:async_hooks`: on the edge that class is a global.
import type { AsyncLocalStorage as Storage } from 'node:async_hooks';

const { AsyncLocalStorage: there } = globalThis as unknown as {
  AsyncLocalStorage?: typeof Storage;
};

/** Whether requests can be told from each other. */
export const isThere = there !== undefined;

class Nothing {
  getStore(): undefined {
    return undefined;
  }

  run<Given extends unknown[], T>(
    _: unknown,
    callback: (...given: Given) => T,
    ...given: Given
  ): T {
    return callback(...given);
  }
}

export const AsyncLocalStorage = there ?? Nothing;
