import { quietly, reportFaultsTo } from '../../../js/base/quietly.js';

const fail = (): number => {
  throw new Error('ours');
};

afterEach(() => {
  reportFaultsTo(() => {});
});

describe('quietly', () => {
  it('returns what was returned', () => {
    expect(quietly(() => 7)).toBe(7);
  });

  it('keeps an exception to itself and returns nothing', () => {
    expect(quietly(fail)).toBeUndefined();
  });

  it('tells the listener what was thrown, whatever it is', () => {
    const heard: unknown[] = [];
    reportFaultsTo((error) => {
      heard.push(error);
    });
    quietly(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a trap may be anything
      throw 'text';
    });
    expect(heard).toEqual(['text']);
  });

  it('survives a listener that throws', () => {
    reportFaultsTo(fail);
    expect(quietly(fail)).toBeUndefined();
  });
});
