import { readFileSync } from 'node:fs';

import { startBuilt } from '../support/built.js';

const source = readFileSync('js/core/module.ts', 'utf8');

/** Names of the members of an interface in js/core/module.ts, as they are written there. */
function membersOf(name: string): string[] {
  const body = new RegExp(`^export interface ${name} \\{\n(.*?)^\\}`, 'ms').exec(source)?.[1] ?? '';
  return Array.from(body.matchAll(/^ {2}(\w+)[(:]/gm), (match) => match[1]!).sort();
}

describe('the typed face of the module', () => {
  const built = startBuilt();

  it('names exactly the raw exports that were built', () => {
    expect(Object.keys(built.raw).sort()).toEqual(membersOf('RawExports'));
  });

  it('names exactly the functions that were bound', () => {
    const bound = Object.entries(built).filter(([, value]) => typeof value === 'function');
    const names = bound.map(([name]) => name).sort();
    expect(names).toEqual(membersOf('CoreModule').filter((name) => name !== 'raw'));
  });
});
