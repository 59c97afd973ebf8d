/** @jest-environment ./tests/shim/page-environment.js */
import { eventOf } from '../../../js/errors/exception.js';
import { addLinked } from '../../../js/errors/linked.js';

const hint = { syntheticException: new Error('here') };

const valuesOf = (thrown: unknown): unknown[] => {
  const event = eventOf(thrown, hint);
  addLinked(event, thrown);
  return event.exception!.values.map((value) => {
    delete value.stacktrace;
    return value;
  });
};

const generic = { type: 'generic', handled: true };
const synthetic = { ...generic, synthetic: true };

describe('what is thrown', () => {
  it.each([
    ['an Error', new RangeError('far'), { type: 'RangeError', value: 'far' }, generic],
    [
      'an Error without message',
      new Error(),
      { type: 'Error', value: 'No error message' },
      generic,
    ],
    [
      'an ErrorEvent',
      new ErrorEvent('error', { error: new TypeError('in it'), message: 'outside' }),
      { type: 'TypeError', value: 'in it' },
      generic,
    ],
    [
      'an ErrorEvent without error',
      new ErrorEvent('error', { message: 'Script error.' }),
      {
        type: 'ErrorEvent',
        value: 'Event `ErrorEvent` captured as exception with message `Script error.`',
      },
      synthetic,
    ],
    [
      'an event',
      new MouseEvent('click'),
      { type: 'MouseEvent', value: 'Event `MouseEvent` (type=click) captured as exception' },
      synthetic,
    ],
    [
      'an object',
      { shop: 1, code: 2 },
      { type: 'Error', value: 'Object captured as exception with keys: code, shop' },
      synthetic,
    ],
    [
      'an empty object',
      {},
      { type: 'Error', value: 'Object captured as exception with keys: [object has no keys]' },
      synthetic,
    ],
    [
      'an object with an error in it',
      { code: 2, reason: new TypeError('inner') },
      { type: 'TypeError', value: 'inner' },
      synthetic,
    ],
    ['a text', 'oh no', { type: 'Error', value: 'oh no' }, synthetic],
    ['a number', 5, { type: 'Error', value: '5' }, synthetic],
    ['undefined', undefined, { type: 'Error', value: 'undefined' }, synthetic],
    ['null', null, { type: 'Error', value: 'null' }, synthetic],
  ])('%s', (_, thrown, expected, mechanism) => {
    expect(valuesOf(thrown)).toEqual([{ ...expected, mechanism }]);
    expect(eventOf(thrown, hint).level).toBe('error');
  });

  it('a DOMException, with its code', () => {
    const event = eventOf(new DOMException('no', 'AbortError'), hint);
    expect(event.exception!.values[0]!.value).toContain('no');
    expect(event.tags).toEqual({ 'DOMException.code': '20' });
  });

  it('a text is the message as well', () => {
    expect(eventOf('oh no', hint).message).toBe('oh no');
  });

  it('an object goes along, cut to a size', () => {
    const { extra } = eventOf({ a: { b: { c: { d: 1 } } } }, hint);
    expect(extra).toEqual({ __serialized__: { a: { b: { c: '[Object]' } } } });
    const row = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`k${i}`, 'x'.repeat(50)]),
    );
    const large = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`r${i}`, row]));
    expect(JSON.stringify(eventOf(large, hint).extra).length).toBeLessThan(100 * 1024);
  });

  it('an object has the stack of the capture', () => {
    const frames = eventOf({ a: 1 }, hint).exception!.values[0]!.stacktrace!.frames;
    expect(frames[frames.length - 1]!.filename).toMatch(/exception\.test\.ts$/);
  });
});

describe('errors that belong together', () => {
  it('causes stand before what they caused', () => {
    const root = new Error('root');
    const middle = new TypeError('middle', { cause: root });
    expect(valuesOf(new Error('top', { cause: middle }))).toEqual([
      {
        type: 'Error',
        value: 'root',
        mechanism: {
          type: 'chained',
          handled: true,
          source: 'cause',
          exception_id: 2,
          parent_id: 1,
        },
      },
      {
        type: 'TypeError',
        value: 'middle',
        mechanism: {
          type: 'chained',
          handled: true,
          source: 'cause',
          exception_id: 1,
          parent_id: 0,
        },
      },
      { type: 'Error', value: 'top', mechanism: { ...generic, exception_id: 0 } },
    ]);
  });

  it('an AggregateError has its errors before it', () => {
    const values = valuesOf(new AggregateError([new Error('a'), 'text', new Error('b')], 'both'));
    expect(values).toMatchObject([
      { value: 'b', mechanism: { source: 'errors[2]', exception_id: 2, parent_id: 0 } },
      { value: 'a', mechanism: { source: 'errors[0]', exception_id: 1, parent_id: 0 } },
      { value: 'both', mechanism: { ...generic, is_exception_group: true, exception_id: 0 } },
    ]);
  });

  it('are not followed for ever', () => {
    const first: Error & { cause?: unknown } = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(valuesOf(first)).toHaveLength(6);
    const many = Array.from({ length: 1000 }, (_, i) => new Error(String(i)));
    expect(valuesOf(new AggregateError(many))).toHaveLength(50);
  });

  it('causes that are no errors are left out', () => {
    expect(valuesOf(new Error('top', { cause: 'text' }))).toHaveLength(1);
  });
});
