// Whatever is captured belongs to the page: it is only read, and looking at it may run its code.

/** A member; nothing where reading it throws. */
export function read(object: unknown, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** What the platform calls it: `Error`, `Object`, `DOMException`, …; empty where asking throws. */
export function kindOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value).slice('[object '.length, -1);
  } catch {
    return '';
  }
}

/** `instanceof`, also for what answers by throwing; false where there is no such class. */
export function isA(
  value: unknown,
  type: (abstract new (...args: never[]) => unknown) | undefined,
): boolean {
  try {
    return type !== undefined && value instanceof type;
  } catch {
    return false;
  }
}

/** As text; nothing where that throws. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}
