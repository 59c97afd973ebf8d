/** @jest-environment ./tests/shim/page-environment.js */
import { normalise, normaliseBy } from '../../../js/api/normalise.js';

class Order {
  lines = 2;
}
const named = (): void => {};
const circle: Record<string, unknown> = { name: 'circle' };
circle['self'] = circle;
const twice = { a: 1 };

describe('normalise', () => {
  it.each<[string, unknown, unknown]>([
    ['leaves what JSON holds', [1, 'a', true, null], [1, 'a', true, null]],
    ['keeps three levels', { a: { b: { c: {} } } }, { a: { b: { c: '[Object]' } } }],
    ['names a list below', { a: { b: [[1]] } }, { a: { b: ['[Array]'] } }],
    ['names a class below', [[[new Order()]]], [[['[Order]']]]],
    ['names what has no class', [[[Object.create(null)]]], [[['[null prototype]']]]],
    ['takes any object by its members', new Order(), { lines: 2 }],
    ['names a function', [named, () => {}], ['[Function: named]', '[Function: <anonymous>]']],
    ['names a symbol', Symbol('s'), '[Symbol(s)]'],
    ['names a bigint', 12n, '[BigInt: 12]'],
    ['names a number that is none', [NaN, -Infinity], ['[NaN]', '[-Infinity]']],
    ['cuts a cycle', circle, { name: 'circle', self: '[Circular ~]' }],
    ['shows an object twice', [twice, twice], [twice, twice]],
    ['asks toJSON', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['cuts a toJSON that answers itself', { toJSON: () => circle }, { name: 'circle' }],
    [
      'unpacks an error',
      Object.assign(new TypeError('no'), { stack: 'at a', code: 7 }),
      { message: 'no', name: 'TypeError', stack: 'at a', code: 7 },
    ],
    ['unpacks an event', new Event('click'), { type: 'click', target: null, isTrusted: false }],
    ['names a part of the document', document.body, '[HTMLBodyElement]'],
    ['names a window', window, '[Window]'],
    [
      'leaves out what cannot be looked at',
      {
        get a() {
          throw new Error('of the page');
        },
      },
      '**non-serializable**',
    ],
  ])('%s', (_, given, expected) => {
    const got = normalise(given);
    if (Object(expected) === expected && !Array.isArray(expected)) {
      expect(got).toMatchObject(expected as object);
    } else {
      expect(got).toEqual(expected);
    }
  });

  it('keeps a thousand members, and says that there were more', () => {
    const kept = normalise(Array.from({ length: 1002 }, () => 1)) as unknown[];
    expect(kept).toHaveLength(1001);
    expect(kept.slice(999)).toEqual([1, '[MaxProperties ~]']);
  });

  it('keeps as many levels as the options say, counted from what is sent', () => {
    const given = { a: { b: { c: { d: 1 } } } };
    expect(normaliseBy({ normalizeDepth: 2 }, given)).toEqual({ a: { b: '[Object]' } });
    expect(normaliseBy({ normalizeDepth: 2 }, given, 1)).toEqual({ a: '[Object]' });
    expect(normaliseBy({ normalizeDepth: 1 }, given, 2)).toBe('[Object]');
    expect(normaliseBy({ normalizeDepth: 0 }, given)).toEqual(given);
  });

  it('keeps as many members as the options say', () => {
    const given = [1, 2, 3];
    expect(normaliseBy({ normalizeMaxBreadth: 2 }, given)).toEqual([1, 2, '[MaxProperties ~]']);
  });

  it('goes by the defaults where the options are unusable', () => {
    const given = { a: { b: { c: { d: 1 } } } };
    for (const unusable of ['2', -1, NaN, null]) {
      const options = { normalizeDepth: unusable, normalizeMaxBreadth: unusable } as object;
      expect(normaliseBy(options, given)).toEqual({ a: { b: { c: '[Object]' } } });
    }
  });

  it('cuts a cycle where all levels are kept', () => {
    expect(normaliseBy({ normalizeDepth: 0 }, circle)).toEqual({
      name: 'circle',
      self: '[Circular ~]',
    });
  });

  it('changes nothing of what it is given', () => {
    const given = Object.freeze({ list: Object.freeze([1]), now: named });
    normalise(given);
    expect(given).toEqual({ list: [1], now: named });
  });
});
