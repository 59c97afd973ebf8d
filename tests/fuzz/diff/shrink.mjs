// Smaller inputs that still show a difference.

function* smallerTexts(text) {
  for (let size = text.length; size > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= text.length; at += size) {
      yield text.slice(0, at) + text.slice(at + size);
    }
  }
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== 'a' && text[at] !== '0') {
      yield `${text.slice(0, at)}a${text.slice(at + 1)}`;
    }
  }
}

/** Inputs with a little less in them, the boldest first. Keeps the shape of objects. */
function* smaller(value) {
  if (typeof value === 'string') {
    yield* smallerTexts(value);
  } else if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) yield value.toSpliced(at, 1);
    for (let at = 0; at < value.length; at++) {
      for (const part of smaller(value[at])) yield value.toSpliced(at, 1, part);
    }
  } else if (value !== null && typeof value === 'object') {
    for (const key of Object.keys(value)) {
      for (const part of smaller(value[key])) yield { ...value, [key]: part };
    }
  }
}

const MOST_TRIES = 5000;

/** @param differs does this input show the difference? */
export function shrink(input, differs) {
  let best = input;
  let tries = 0;
  for (let found = true; found;) {
    found = false;
    for (const candidate of smaller(best)) {
      if (++tries > MOST_TRIES) return best;
      if (!differs(candidate)) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}
