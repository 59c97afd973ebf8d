// Holds one family to the peer.

const asText = (value) => JSON.stringify(value);

function ofPeer(family, input) {
  try {
    return family.peer(input);
  } catch (error) {
    return { throws: String(error) };
  }
}

/**
 * What the core has to answer: what the peer answers, changed by the rules of the family.
 *
 * @returns the answer, and the names of the rules without which it would be another one.
 */
function required(family, input) {
  const used = [];
  let changed = input;
  let before = asText(input);
  for (const { name, input: change } of family.rules) {
    if (!change) continue;
    changed = change(changed);
    const after = asText(changed);
    if (after !== before) used.push(name);
    before = after;
  }
  let answer = ofPeer(family, changed);
  before = asText(answer);
  for (const { name, answer: change } of family.rules) {
    if (!change || answer?.throws) continue;
    answer = change(answer, changed);
    const after = asText(answer);
    if (after !== before) used.push(name);
    before = after;
  }
  return { answer, used, changed };
}

function ofCore(family, fields, input, note) {
  try {
    return family.read(fields, input, note);
  } catch (error) {
    return { throws: String(error) };
  }
}

const questionOf = (family, input) => [family.family ?? family.name, ...family.ask(input)];

/** @returns what differs, or nothing. `note` counts the rules by which it would have. */
function compareOne(family, input, fields, note) {
  const { answer, used, changed } = required(family, input);
  const ours = ofCore(family, fields, input, note);
  if (asText(ours) !== asText(answer)) {
    const threw = Boolean(ours?.throws ?? answer?.throws);
    const allowed = threw ? undefined : family.near?.(ours, answer, changed);
    if (!allowed) return { input, ours, required: answer, rules: used };
    note(allowed);
    return undefined;
  }
  if (used.length > 0 && asText(ofPeer(family, input)) !== asText(answer)) {
    for (const name of used) note(name);
  }
  return undefined;
}

const BATCH = 500;
const MOST_DIFFERENCES = 3;

/** Asks about a batch; one that makes the core trap is asked one by one to find the input. */
function askAll(family, inputs, ask) {
  const questions = inputs.map((input) => questionOf(family, input));
  try {
    return ask(questions);
  } catch {
    return questions.map((question) => {
      try {
        return ask([question])[0];
      } catch (error) {
        const trapped = () => {
          throw new Error(`the core trapped: ${error}`);
        };
        return { text: trapped, number: trapped, flag: trapped, members: trapped, done: false };
      }
    });
  }
}

/**
 * Compares `count` inputs.
 *
 * @returns how many were compared; how often each rule made the answer another than the peer's,
 *          and what else a family notes; the first differences that no rule explains.
 */
export function compareFamily(family, count, random, ask) {
  const notes = new Map();
  const note = (name) => notes.set(name, (notes.get(name) ?? 0) + 1);
  const differences = [];
  let compared = 0;
  while (compared < count && differences.length < MOST_DIFFERENCES) {
    const size = Math.min(BATCH, count - compared);
    const inputs = Array.from({ length: size }, () => family.make(random));
    const answers = askAll(family, inputs, ask);
    for (const [at, input] of inputs.entries()) {
      const difference = compareOne(family, input, answers[at], note);
      if (difference && differences.length < MOST_DIFFERENCES) differences.push(difference);
    }
    compared += size;
  }
  return { compared, notes, differences };
}

/** The difference that one input shows, if it still shows one. */
export function differenceOf(family, input, ask) {
  const [answer] = askAll(family, [input], ask);
  return compareOne(family, input, answer, () => {});
}
