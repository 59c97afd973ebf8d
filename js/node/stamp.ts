/** A constructor that makes nothing: what is derived from it adds its fields to what is given. */
class Returned extends (null as unknown as new () => object) {
  // @ts-expect-error: what calls no other constructor makes no object that is thrown away at once
  constructor(given: object) {
    return given;
  }
}

/**
 * Puts what we know of somebody else's object on the object itself, where nobody but `stampOf` sees
 * it: not a property, but a private field. A WeakMap costs ten times as much, and the garbage
 * collector again.
 */
class Stamp extends Returned {
  readonly #value: unknown;

  constructor(owner: object, value: unknown) {
    super(owner);
    this.#value = value;
  }

  static readonly of = (owner: unknown): unknown =>
    typeof owner === 'object' && owner !== null && #value in owner ? owner.#value : undefined;
}

/** Once per object. */
export function stamp(owner: object, value: unknown): void {
  new Stamp(owner, value);
}

/** What it was stamped with; nothing: with nothing, or it is no object. */
export const stampOf: (owner: unknown) => unknown = Stamp.of;
