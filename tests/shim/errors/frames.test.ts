import { framesOf } from '../../../js/errors/frames.js';

const of = (...lines: string[]): unknown => framesOf({ stack: lines.join('\n') });

const frame = (name: string, filename: string, ...at: number[]): unknown => ({
  filename,
  function: name,
  in_app: true,
  ...(at.length && { lineno: at[0], colno: at[1] }),
});

const FILE = 'https://shop.test/app.js';

describe('a stack', () => {
  it('of Chrome, oldest call first', () => {
    expect(
      of(
        'TypeError: no at all (really)',
        `    at look (${FILE}:10:5)`,
        `    at new Order (${FILE}:20:7)`,
        '    at Array.map (<anonymous>)',
        `    at async load (${FILE}:30:9)`,
        `    at async ${FILE}:35:1`,
        `    at ${FILE}:40:11`,
      ),
    ).toEqual([
      frame('?', FILE, 40, 11),
      frame('?', FILE, 35, 1),
      frame('load', FILE, 30, 9),
      frame('Array.map', '<anonymous>'),
      frame('new Order', FILE, 20, 7),
      frame('look', FILE, 10, 5),
    ]);
  });

  it('of Firefox and Safari', () => {
    expect(of(`look@${FILE}:10:5`, `@${FILE}:20:7`, '[native code]', '')).toEqual([
      frame('?', FILE, 20, 7),
      frame('look', FILE, 10, 5),
    ]);
  });

  it('of code that was evaluated names the file that evaluates', () => {
    expect(of('Error: x', `    at eval (eval at run (${FILE}:1:2), <anonymous>:1:7)`)).toEqual([
      frame('eval', FILE, 1, 2),
    ]);
  });

  it('without calls has no frames', () => {
    expect(of('Error: https://shop.test: not found')).toEqual([]);
    expect(of('')).toEqual([]);
    expect(framesOf({ stack: 7 })).toEqual([]);
    expect(framesOf(undefined)).toEqual([]);
  });

  it('begins below our own functions', () => {
    expect(
      of('Error', `    at captureException (${FILE}:1:1)`, `    at buy (${FILE}:2:2)`),
    ).toEqual([frame('buy', FILE, 2, 2)]);
  });

  it('keeps the latest fifty calls', () => {
    const calls = Array.from({ length: 80 }, (_, i) => `    at f${i} (${FILE}:${i + 1}:1)`);
    const frames = framesOf({ stack: ['Error', ...calls].join('\n') });
    expect(frames).toHaveLength(50);
    expect(frames[49]!.function).toBe('f0');
    expect(framesOf({ stack: calls.join('\n'), framesToPop: 2 })[49]!.function).toBe('f2');
  });

  it('of long lines takes no time', () => {
    const start = performance.now();
    of('Error', `    at ${'('.repeat(100_000)}`, 'a@"'.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
