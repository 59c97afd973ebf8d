// Collects what was expected and what came, and waits for what takes time.

export const WAIT_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** Something that was waited for did not happen. */
export class Unmet extends Error {}

/**
 * @template T
 * @param {string} what
 * @param {() => T} look returns something truthy once it is there
 * @returns {Promise<T>}
 */
export async function waitFor(what, look) {
  const giveUp = Date.now() + WAIT_MS;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > giveUp) throw new Unmet(`${what}, within ${WAIT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

export function createExpectations() {
  const results = [];

  /**
   * @param {string} what
   * @param {boolean} met
   * @param {string} [detail] shown when it is not met
   */
  function add(what, met, detail = '') {
    results.push({ what, met, detail });
  }

  /** Compares by JSON text. */
  function same(what, received, expected) {
    const [got, wanted] = [received, expected].map((value) => JSON.stringify(value) ?? 'nothing');
    add(what, got === wanted, `\n          expected  ${wanted}\n          received  ${got}`);
  }

  /** @param {RegExp} expected */
  function matches(what, received, expected) {
    const detail = `\n          expected  ${expected}\n          received  ${received}`;
    add(what, expected.test(received), detail);
  }

  const line = ({ what, met, detail }) =>
    met ? `  ok      ${what}` : `  FAILED  ${what}${detail}`;

  return {
    add,
    same,
    matches,
    met: () => results.every(({ met }) => met),
    report: () => results.map(line).join('\n'),
  };
}
