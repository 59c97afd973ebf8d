import { mergeHeaders } from '../../../js/browser/headers.js';

const ours = { 'sentry-trace': 'T-S-1', baggage: 'sentry-a=1' };
// Stands for the core's rule.
const join = (theirs: string, mine: string): string =>
  theirs.includes('sentry-') ? theirs : `${theirs},${mine}`;
const merge = (original: unknown): HeadersInit =>
  mergeHeaders(original as HeadersInit | undefined, ours, join);

describe('mergeHeaders', () => {
  it.each([[undefined], [null], ['']])('makes an object where there is none: %j', (none) => {
    expect(merge(none)).toEqual(ours);
  });

  it('copies what the page handed in and never writes to it', () => {
    const headers = new Headers({ accept: 'text/html' });
    const pairs = [['accept', 'text/html']];
    const object = { accept: 'text/html' };
    for (const original of [headers, pairs, object]) {
      expect(Object.fromEntries(new Headers(merge(original)))).toEqual({
        accept: 'text/html',
        ...ours,
      });
    }
    expect([...headers]).toEqual([['accept', 'text/html']]);
    expect(pairs).toEqual([['accept', 'text/html']]);
    expect(object).toEqual({ accept: 'text/html' });
  });

  it('stays with the kind of container', () => {
    expect(merge(new Headers())).toBeInstanceOf(Headers);
    expect(merge([])).toEqual(Object.entries(ours));
    expect(merge({})).toEqual(ours);
  });

  it('takes any iterable of pairs, as the platform does', () => {
    const merged = merge(new Map([['accept', 'text/html']]));
    expect(new Headers(merged).get('accept')).toBe('text/html');
    expect(new Headers(merged).get('sentry-trace')).toBe('T-S-1');
  });

  it.each([
    ['Headers', new Headers({ 'Sentry-Trace': 'theirs' })],
    ['pairs', [['Sentry-Trace', 'theirs']]],
    ['an object', { 'Sentry-Trace': 'theirs' }],
  ])('leaves a sentry-trace of the page alone, whatever its case: %s', (_, original) => {
    expect(new Headers(merge(original)).get('sentry-trace')).toBe('theirs');
  });

  it.each([
    ['Headers', new Headers({ Baggage: 'a=1' })],
    ['pairs', [['Baggage', 'a=1']]],
    ['an object', { Baggage: 'a=1' }],
    ['an object with a list', { Baggage: ['a=1'] }],
  ])('puts our baggage behind that of the page: %s', (_, original) => {
    expect(new Headers(merge(original)).get('baggage')).toBe('a=1,sentry-a=1');
  });

  it('replaces an empty value', () => {
    const empty = { 'SENTRY-TRACE': '', BAGGAGE: '' };
    expect(merge(empty)).toEqual(ours);
    expect(merge(Object.entries(empty))).toEqual(Object.entries(ours));
  });

  it('writes no baggage when we have none', () => {
    expect(mergeHeaders({}, { 'sentry-trace': 'T-S-1' }, join)).toEqual({
      'sentry-trace': 'T-S-1',
    });
  });
});
