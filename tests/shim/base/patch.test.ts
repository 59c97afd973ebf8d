import { patch } from '../../../js/base/patch.js';

type Add = (this: unknown, ...terms: number[]) => number;
type Owner = Record<'add', Add>;

const sum: Add = (...terms) => terms.reduce((total, term) => total + term, 0);
const doubled = (original: Add): Add =>
  function (...terms) {
    return 2 * Reflect.apply(original, this, terms);
  };

describe('patch', () => {
  it('puts the wrapper in the place of the original', () => {
    const owner: Owner = { add: sum };
    patch(owner, 'add', doubled);
    expect(owner.add(1, 2)).toBe(6);
  });

  it("calls the original once, with the page's this and arguments", () => {
    const add = jest.fn<number, number[]>(() => 7);
    const owner: Owner = { add };
    patch(
      owner,
      'add',
      (original) =>
        function (...terms) {
          return Reflect.apply(original, this, terms);
        },
    );
    const page = {};
    expect(owner.add.call(page, 1, 2, 3)).toBe(7);
    expect(add.mock.calls).toEqual([[1, 2, 3]]);
    expect(add.mock.contexts[0]).toBe(page);
  });

  it('keeps name and length', () => {
    const owner: Owner = { add: (a: number, b: number) => a + b };
    patch(owner, 'add', doubled);
    expect(owner.add.name).toBe('add');
    expect(owner.add).toHaveLength(2);
  });

  it('lets exceptions of the original through', () => {
    const failure = new TypeError('of the page');
    const owner: Owner = {
      add: () => {
        throw failure;
      },
    };
    patch(owner, 'add', doubled);
    expect(() => owner.add()).toThrow(failure);
  });

  it('does nothing where there is no function', () => {
    const owner = { add: 1 } as unknown as Owner;
    patch(owner, 'add', doubled)();
    expect(owner).toEqual({ add: 1 });
  });
});

describe('undoing a patch', () => {
  it('puts an own member back with its attributes', () => {
    const owner = {} as Owner;
    Object.defineProperty(owner, 'add', {
      value: sum,
      writable: true,
      enumerable: false,
      configurable: true,
    });
    const before = Object.getOwnPropertyDescriptor(owner, 'add');
    patch(owner, 'add', doubled)();
    expect(Object.getOwnPropertyDescriptor(owner, 'add')).toEqual(before);
  });

  it('leaves an inherited member inherited', () => {
    const owner = Object.create({ add: sum }) as Owner;
    const undo = patch(owner, 'add', doubled);
    expect(owner.add(1)).toBe(2);
    undo();
    expect(Object.hasOwn(owner, 'add')).toBe(false);
    expect(owner.add).toBe(sum);
  });

  it('puts a pair of getter and setter back', () => {
    let current = sum;
    const owner = {} as Owner;
    Object.defineProperty(owner, 'add', {
      get: () => current,
      set: (value: Add) => {
        current = value;
      },
      configurable: true,
    });
    const before = Object.getOwnPropertyDescriptor(owner, 'add');
    const undo = patch(owner, 'add', doubled);
    expect(owner.add(1)).toBe(2);
    undo();
    expect(Object.getOwnPropertyDescriptor(owner, 'add')).toEqual(before);
    expect(owner.add(1)).toBe(1);
  });

  it.each([
    ['a frozen owner', Object.freeze({ add: sum }) as Owner],
    [
      'a getter without a setter',
      Object.defineProperty({}, 'add', { get: () => sum, configurable: true }) as Owner,
    ],
    ['a member that cannot be written', Object.defineProperty({}, 'add', { value: sum }) as Owner],
  ])('leaves %s as it is', (_, owner) => {
    const undo = patch(owner, 'add', doubled);
    expect(owner.add(1)).toBe(1);
    undo();
    expect(owner.add).toBe(sum);
  });

  it('leaves a wrapper of somebody else in place, and ours passes through', () => {
    const owner: Owner = { add: sum };
    const undo = patch(owner, 'add', doubled);
    const ours = owner.add;
    const theirs: Add = (...terms) => 100 + ours(...terms);
    owner.add = theirs;
    undo();
    expect(owner.add).toBe(theirs);
    expect(owner.add(1, 2)).toBe(103);
  });

  it('twice changes nothing more', () => {
    const owner: Owner = { add: sum };
    const undo = patch(owner, 'add', doubled);
    undo();
    const later: Add = () => 0;
    owner.add = later;
    undo();
    expect(owner.add).toBe(later);
  });
});
