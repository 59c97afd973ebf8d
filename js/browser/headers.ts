import type { TraceData } from '../api/propagation.js';

/** A container of headers, read without regard to case and written under our names. */
interface Container {
  get(name: string): string;
  set(name: string, value: string): void;
  /** What goes into `init.headers`. */
  done: HeadersInit;
}

function ofHeaders(original: Headers): Container {
  const copy = new Headers(original);
  return {
    get: (name) => copy.get(name) ?? '',
    set: (name, value) => {
      copy.set(name, value);
    },
    done: copy,
  };
}

function ofPairs(original: Iterable<unknown>): Container {
  // Names and values may be anything; the browser makes texts of them, so do we to compare.
  const pairs = Array.from(original, (pair) => Array.from(pair as Iterable<unknown>));
  const isNamed = (name: string) => (pair: unknown[]) => String(pair[0]).toLowerCase() === name;
  return {
    get: (name) =>
      pairs
        .filter(isNamed(name))
        .map((pair) => pair[1])
        .join(),
    set: (name, value) => {
      const others = pairs.filter((pair) => !isNamed(name)(pair));
      pairs.splice(0, pairs.length, ...others, [name, value]);
    },
    done: pairs as [string, string][],
  };
}

function ofObject(original: Record<string, unknown>): Container {
  const copy = { ...original } as Record<string, string>;
  const keys = (name: string): string[] =>
    Object.keys(copy).filter((key) => key.toLowerCase() === name);
  return {
    get: (name) =>
      keys(name)
        .map((key) => String(copy[key]))
        .join(),
    set: (name, value) => {
      for (const key of keys(name)) Reflect.deleteProperty(copy, key);
      copy[name] = value;
    },
    done: copy,
  };
}

/**
 * Adds our headers to a copy of what the page set; where it set none, they are `ours` itself. What it set itself stays: `sentry-trace` and
 * `traceparent` as they are, `baggage` joined by the core's rule.
 *
 * Spec: propagation.md section 12.
 *
 * @param original any form that `fetch` takes; nothing for none
 * @param join the core's rule for a baggage header that is already there
 */
export function mergeHeaders(
  original: HeadersInit | undefined,
  ours: TraceData,
  join: (theirs: string, ours: string) => string,
): HeadersInit {
  if (!original) return ours as HeadersInit;
  let container: Container;
  if (original instanceof Headers) container = ofHeaders(original);
  else if (Symbol.iterator in original) container = ofPairs(original);
  else container = ofObject(original);
  for (const name of ['sentry-trace', 'traceparent'] as const) {
    const value = ours[name];
    if (value && !container.get(name)) container.set(name, value);
  }
  if (ours.baggage) {
    const theirs = container.get('baggage');
    const joined = theirs ? join(theirs, ours.baggage) : ours.baggage;
    if (joined !== theirs) container.set('baggage', joined);
  }
  return container.done;
}
