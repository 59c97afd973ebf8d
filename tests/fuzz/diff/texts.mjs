// Texts that no grammar makes: changed ones, and noise.

const chars = (text) => [...text];
const units = (...codes) => codes.map((code) => String.fromCharCode(code));

// What parsers stumble over, whatever they parse: white space of all kinds, controls, delimiters,
// the ends of the code point ranges, lone surrogates.
export const nasty = [
  ...chars(' \t\n\r\f\v\0,;=-%&?#/:@\\"\'<>[]{}|^`~+.0aAzZ'),
  ...units(0x7f, 0x80, 0x85, 0xa0, 0xad, 0xff, 0x0130, 0x07ff, 0x0800, 0x2028, 0x3000, 0xfeff),
  ...units(0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfffd, 0xffff),
  '\u{10000}',
  '\u{1f600}',
  '\u{10ffff}',
];

const edits = [
  (random, text, at) => text.slice(0, at) + random.of(nasty) + text.slice(at),
  (random, text, at) => text.slice(0, at) + random.of(nasty) + text.slice(at + 1),
  (random, text, at) => text.slice(0, at) + text.slice(at + random.between(1, 8)),
  (random, text, at) => text.slice(0, at) + text.slice(Math.max(0, at - random.between(1, 40))),
  (random, text, at) => text.slice(0, at),
  (random, text, at) => text.slice(at),
  (random, text, at) => text.slice(0, at) + text.slice(at).toUpperCase(),
  (random, text, at) => text.slice(0, at) + text.slice(at).toLowerCase(),
  (random, text, at) => {
    const code = text.charCodeAt(at) || 32;
    return (
      text.slice(0, at) + String.fromCharCode(code ^ (1 << random.below(8))) + text.slice(at + 1)
    );
  },
];

/** One to four small changes, or a piece of another text put in. */
export function mutated(random, corpus) {
  let text = random.of(corpus);
  for (let left = random.between(1, 4); left > 0; left--) {
    const at = random.below(text.length + 1);
    if (random.chance(0.1)) {
      const other = random.of(corpus);
      text = text.slice(0, at) + other.slice(random.below(other.length + 1)) + text.slice(at);
    } else {
      text = random.of(edits)(random, text, at);
    }
  }
  return text;
}

/** Characters of any kind, of `alphabet` above all where there is one. */
export function noise(random, alphabet = '') {
  const known = chars(alphabet);
  const any = () => String.fromCharCode(random.below(0x10000));
  const byte = () => String.fromCharCode(random.below(0x100));
  const familiar = () => (known.length > 0 ? random.of(known) : byte());
  return random
    .times(0, 40, () =>
      random.choose([
        [6, familiar],
        [2, () => random.of(nasty)],
        [1, byte],
        [1, any],
      ]),
    )
    .join('');
}

/** By grammar half of the time; from the corpus, changed or as it is; noise. */
export const mixed = (random, byGrammar, corpus, alphabet) =>
  random.choose([
    [10, byGrammar],
    [7, () => mutated(random, corpus)],
    [1, () => random.of(corpus)],
    [2, () => noise(random, alphabet)],
  ]);
