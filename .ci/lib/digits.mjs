// Numbers as text that survives every bundler and every page charset. Up to 79 a number is one
// digit; digits from 80 on stand in front, for more. Digit v is the character with code v + 35,
// where the backslash is stepped over, so that the text stands unescaped between double quotes.
//
// Brotli sees numbers, not text: bytes so written cost 3 % more than bare, base64 35 %.

const LAST = 80;
const MORE = 10;

const DIGITS = Array.from({ length: LAST + MORE }, (_, value) =>
  String.fromCharCode(value + 35 + (value + 35 < 0x5c ? 0 : 1)),
);

/** @param {number | bigint} value */
export function digits(value) {
  let rest = BigInt(value);
  let text = DIGITS[Number(rest % BigInt(LAST))];
  for (rest /= BigInt(LAST); rest > 0n; rest /= BigInt(MORE)) {
    rest--;
    text = DIGITS[LAST + Number(rest % BigInt(MORE))] + text;
  }
  return text;
}
