import { startModule } from '../../../js/core/start.js';
import { startBuilt } from '../support/built.js';

describe('startModule', () => {
  it('hands out a running core at once', () => {
    const { raw } = startBuilt();
    expect(raw.memory).toBeInstanceOf(WebAssembly.Memory);
    expect(raw.tl_scratch()).toBeGreaterThan(0);
  });

  it('starts a core of its own each time', () => {
    expect(startBuilt().raw.memory).not.toBe(startBuilt().raw.memory);
  });

  // Digits 0, 85 and 86 + 1 with 83, by the rule that stands above startModule.
  it.each([
    ['#', [0]],
    ['[', [56]],
    [']', [57]],
    ['_', [58 + 0]],
    ['a', [59]],
    ['z', [84]],
    ['{', [85]],
    ['|#', [86]],
    ['}v', [86 + 86 + 80]],
  ])('reads %j as %j', (text, bytes) => {
    let decoded: number[] = [];
    startModule(text, bytes.length, ({ wasm }) => {
      decoded = [...wasm];
    });
    expect(decoded).toEqual(bytes);
  });

  it('passes on what the host throws', () => {
    const refusal = new Error('refused by a policy');
    const refuse = (): never => {
      throw refusal;
    };
    expect(() => startModule('', 0, refuse)).toThrow(refusal);
  });
});
