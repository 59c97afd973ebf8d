// What a JavaScript host answers when the core asks about the URLs of a case.

const parsed = (text, base) => {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
};

/** `test` from position 0, whatever flags the expression has and whoever used it before. */
const matches = ({ regex, flags }, text) => new RegExp(regex, flags).test(text);

/** Indices of the RegExps that match a request (propagation.md section 11). */
function matching(targets, page, text, url) {
  const indices = [];
  for (const [index, target] of (targets ?? []).entries()) {
    if (typeof target?.regex !== 'string') continue;
    const hit = page
      ? url !== null &&
        (matches(target, url.href) || (url.origin === page.origin && matches(target, url.pathname)))
      : matches(target, text);
    if (hit) indices.push(index);
  }
  return indices;
}

/**
 * Adds `in.host_answers` to a case of the tables `targets` and `urls`:
 * `{ page: { href, base_url }, resolved: { text: href | null }, patterns: { text: [index] } }`.
 *
 * @returns the case itself for every other kind.
 */
export function withHostAnswers(kind, testCase) {
  if (kind !== 'targets' && kind !== 'urls') return testCase;
  const { in: given } = testCase;
  const page = given.page ? parsed(given.page) : null;
  const resolved = {};
  const patterns = {};
  for (const text of given.urls ?? [given.url]) {
    const url = parsed(text, page?.href);
    resolved[text] = url?.href ?? null;
    patterns[text] = matching(given.targets, page, text, url);
  }
  const href = page?.href ?? '';
  const answers = { page: { href, base_url: href }, resolved, patterns };
  return { ...testCase, in: { ...given, host_answers: answers } };
}
