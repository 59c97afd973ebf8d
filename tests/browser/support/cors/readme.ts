import { blockBelow } from '../readme.js';

/** What the README has where readers put their own. */
const PAGE = 'https://shop.example.com';
const OUR_HEADERS = 'sentry-trace, baggage';

function replaced(text: string, from: string | RegExp, to: string): string {
  const result = text.replaceAll(from, to);
  if (result === text) throw new Error(`README.md: no ${String(from)} in\n${text}`);
  return result;
}

/**
 * The code block below the README's heading `### {heading}`, as a reader copies it.
 *
 * @param page the origin that a reader puts in
 */
export function linesFor(heading: string, page: string): string {
  return replaced(blockBelow(heading), PAGE, page);
}

/** The same for a service that knows CORS but not our headers. */
export function withoutOurHeaders(lines: string): string {
  // As one text, or as a list of quoted names.
  const names = OUR_HEADERS.split(', ').map((name) => `'${name}'`);
  const written = [OUR_HEADERS, names.join(', ')].join('|');
  return replaced(lines, new RegExp(`, (${written})`, 'g'), '');
}
