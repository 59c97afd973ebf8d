// Comparison with results that name generated values by symbols.

/** Containers that may hold nothing but what is listed. */
const WHOLE = ['data', 'attributes', 'trace'];

const isObject = (value) => value !== null && typeof value === 'object';

/** A text that starts with `$` stands for a value: the same one wherever the symbol occurs. */
export class Symbols {
  #values = new Map();

  bind(symbol, value) {
    this.#values.set(symbol, value);
  }

  forget(...symbols) {
    for (const symbol of symbols) this.#values.delete(symbol);
  }

  /**
   * Whether `got` is what `expected` says: each listed member, as many entries, numbers to a
   * millionth.
   *
   * @returns the place of the first difference; nothing if there is none
   */
  difference(expected, got, key = '', where = 'it') {
    if (typeof expected === 'string' && expected.startsWith('$')) {
      if (!this.#values.has(expected)) this.#values.set(expected, got);
      return this.#values.get(expected) === got ? undefined : where;
    }
    if (typeof expected === 'number') return Math.abs(expected - got) <= 1e-6 ? undefined : where;
    if (!isObject(expected)) return Object.is(expected, got) ? undefined : where;
    if (!isObject(got)) return where;
    const isWhole = Array.isArray(expected) || WHOLE.includes(key);
    if (isWhole && Object.keys(got).length !== Object.keys(expected).length) return where;
    for (const [name, value] of Object.entries(expected)) {
      const found = this.difference(value, got[name], name, `${where}.${name}`);
      if (found) return found;
    }
    return undefined;
  }
}
