let onFault: (error: unknown) => void = () => undefined;

/** Sets who is told of errors in our own code. */
export function reportFaultsTo(listener: (error: unknown) => void): void {
  onFault = listener;
}

/**
 * Runs our part of something that belongs to the page. Whatever goes wrong in it stays here:
 * the page sees neither an exception nor a log.
 *
 * @returns what `run` returns, nothing if it threw.
 */
export function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    try {
      onFault(error);
    } catch {
      // Nothing is left to try.
    }
    return undefined;
  }
}
