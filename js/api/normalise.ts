import type { ClientOptions } from './options.js';

/** Members to show of a value besides its own: errors and events have hardly any of their own. */
function inherited(value: object): string[] {
  if (value instanceof Error) return ['message', 'name', 'stack'];
  return value instanceof Event ? ['type', 'target', 'currentTarget', 'detail'] : [];
}

/**
 * A copy that JSON can hold, without cycles and of limited size; never throws.
 *
 * Spec: envelope.md section 4.3.
 *
 * @param depth so many levels are kept of an object; below they are named only
 * @param breadth most members that an object or list keeps
 * @param above the objects that `value` is a part of
 */
export function normalise(
  value: unknown,
  depth = 3,
  breadth = 1000,
  above: object[] = [],
): unknown {
  try {
    if (typeof value === 'function') return `[Function: ${value.name || '<anonymous>'}]`;
    if (typeof value === 'bigint') return `[BigInt: ${value}]`;
    if (typeof value === 'symbol') return `[${String(value)}]`;
    if (typeof value === 'number' && !Number.isFinite(value)) return `[${value}]`;
    if (typeof value !== 'object' || !value) return value;
    const given = value as Record<string, unknown> & { toJSON?: () => unknown };
    // Parts of a document and windows lead everywhere.
    if (depth === 0 || given['nodeType'] || given['window'] === value) {
      const prototype = Object.getPrototypeOf(value) as object | null;
      return `[${prototype ? prototype.constructor.name : 'null prototype'}]`;
    }
    if (above.includes(value)) return '[Circular ~]';
    const way = [...above, value];
    const below = (part: unknown): unknown => normalise(part, depth - 1, breadth, way);
    if (typeof given.toJSON === 'function') return below(given.toJSON());
    const result = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
    [...inherited(value), ...Object.keys(value)].every((key, index) => {
      const hasRoom = index < breadth;
      result[key] = hasRoom ? below(given[key]) : '[MaxProperties ~]';
      return hasRoom;
    });
    return result;
  } catch {
    // User code that is run by looking at it.
    return '**non-serializable**';
  }
}

const limitOf = (given: unknown): number | undefined =>
  typeof given === 'number' && given >= 0 ? given : undefined;

/**
 * The same, as far as the options want it.
 *
 * @param level of `value` in what is sent
 */
export function normaliseBy(
  { normalizeDepth, normalizeMaxBreadth }: ClientOptions = {},
  value: unknown,
  level = 0,
): unknown {
  const depth = (limitOf(normalizeDepth) ?? 3) || Infinity;
  return normalise(value, Math.max(0, depth - level), limitOf(normalizeMaxBreadth));
}
