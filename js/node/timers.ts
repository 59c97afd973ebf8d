// Takes the place of the global in the bundles for servers: no timer of ours keeps a process alive.

/** As the global `setTimeout`. */
export function setTimeout(callback: () => void, delay?: number): NodeJS.Timeout {
  return globalThis.setTimeout(callback, delay).unref();
}
