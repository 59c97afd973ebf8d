import { readFileSync } from 'node:fs';

import { openCore } from '../../../js/core/core.js';
import { Reason } from '../../../js/core/module.js';
import { startModule } from '../../../js/core/start.js';
import { embedded as embeddedFull } from '../../../js/generated/full-embedded.js';
import createFull from '../../../js/generated/full-glue.mjs';
import createScript from '../../../js/generated/full-script.mjs';
import { embedded } from '../../../js/generated/propagation-embedded.js';
import createPropagation from '../../../js/generated/propagation-glue.mjs';
import { embedded as embeddedStreaming } from '../../../js/generated/streaming-embedded.js';
import createStreaming from '../../../js/generated/streaming-glue.mjs';
import { startBuilt } from '../support/built.js';

const source =
  readFileSync('js/core/module.ts', 'utf8') + readFileSync('js/node/exports.ts', 'utf8');

/** Names of the members of an interface of those files, as they are written there. */
function membersOf(name: string): string[] {
  const body = new RegExp(`^export interface ${name} (extends \\w+ )?\\{\n(.*?)^\\}`, 'ms').exec(
    source,
  );
  const names = Array.from(body![2]!.matchAll(/^ {2}(\w+)[(:]/gm), (match) => match[1]!);
  return names;
}

const sorted = (...names: string[]): string[] => names.sort();
describe('the typed face of the module of the browser', () => {
  const built = startBuilt();

  it('names exactly the raw exports that were built', () => {
    const names = sorted(...membersOf('PropagationExports'), ...membersOf('RawExports'));
    expect(Object.keys(built.raw).sort()).toEqual(names);
  });
});

describe('the typed face of the module that streams spans', () => {
  const built = startModule(embeddedStreaming, createStreaming) as { raw: object };

  it('names exactly the raw exports that were built', () => {
    const names = ['PropagationExports', 'RawExports', 'StreamingExports'].flatMap(membersOf);
    expect(Object.keys(built.raw).sort()).toEqual(names.sort());
  });
});

describe.each([
  ['in WebAssembly', () => startModule(embeddedFull, createFull)],
  ['in JavaScript', () => createScript()],
])('the typed face of the module of servers %s', (_, start) => {
  const built = start() as { raw: object };

  it('names exactly the raw exports that were built', () => {
    const names = ['PropagationExports', 'RawExports', 'StreamingExports', 'ServerExports'].flatMap(
      membersOf,
    );
    expect(Object.keys(built.raw).sort()).toEqual(names.sort());
  });
});

describe('the reasons that the shim tells apart', () => {
  const core = openCore(
    startBuilt(),
    () => undefined,
    () => undefined,
  );

  it.each([
    [Reason.ownRequest, 'own-request'],
    [Reason.disabled, 'disabled'],
    [Reason.redirect, 'redirect'],
  ])('have the numbers that the core gives them: %d', (reason, name) => {
    expect(core.ask(() => core.raw.tl_reason_name(reason))).toBe(name);
  });
});

describe('the typed face of the module of propagation', () => {
  const built = startModule(embedded, createPropagation) as { raw: object };

  it('names exactly the raw exports that were built', () => {
    expect(Object.keys(built.raw).sort()).toEqual(sorted(...membersOf('PropagationExports')));
  });
});
