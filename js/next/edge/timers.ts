// Takes the place of what the edge does not have.
/** After what is to be done now. */
export function setImmediate(callback: () => void): { unref(): void } {
  setTimeout(callback, 0);
  return { unref: () => undefined };
}
