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

  // The ends of every range of digits, by the rule that stands above startModule.
  it.each([
    ['#', 0],
    ['[', 56],
    [']', 57],
    ['_', 59],
    ['a', 60],
    ['z', 85],
    ['{#', 86],
    ['{z', 171],
    ['|#', 172],
    ['|x', 255],
  ])('reads %s as byte %i', (text, byte) => {
    let decoded: number[] = [];
    startModule(text, 1, ({ wasm }) => {
      decoded = [...wasm];
    });
    expect(decoded).toEqual([byte]);
  });

  it('passes on what the host throws', () => {
    const refusal = new Error('refused by a policy');
    const refuse = (): never => {
      throw refusal;
    };
    expect(() => startModule('', 0, refuse)).toThrow(refusal);
  });
});
