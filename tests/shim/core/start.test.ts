import { startModule } from '../../../js/core/start.js';
import { embedded } from '../../../js/generated/browser-embedded.js';
import { startBuilt } from '../support/built.js';

describe('startModule', () => {
  it('hands out a running core at once', () => {
    const { raw } = startBuilt();
    expect(raw.tl_memory).toBeInstanceOf(WebAssembly.Memory);
    expect(raw.tl_scratch()).toBeGreaterThan(0);
  });

  it('starts a core of its own each time', () => {
    expect(startBuilt().raw.tl_memory).not.toBe(startBuilt().raw.tl_memory);
  });

  it('passes on what the host throws', () => {
    const refusal = new Error('refused by a policy');
    const refuse = (): never => {
      throw refusal;
    };
    expect(() => startModule(embedded, refuse)).toThrow(refusal);
  });
});
