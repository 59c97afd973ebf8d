const paths = new Set<string>();

/** Requests for that path have no span: they are our own. */
export function keepQuiet(path: string): void {
  paths.add(path);
}

/** @param target of a request line */
export function isQuiet(target: string): boolean {
  return paths.size > 0 && paths.has(target.split('?', 1)[0]!);
}
