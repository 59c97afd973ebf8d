// What the interactive demo prints.

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = (text) => paint(1, text);
const green = (text) => paint(32, text);
const yellow = (text) => paint(33, text);

const URL_WIDTH = 46;
const REASON_WIDTH = 24;

/** @param {{ shop: string, viewer: string }} addresses */
export function heading({ shop, viewer }) {
  return `
  The shop    ${bold(shop)}
  The viewer  ${bold(viewer)}

  Open both and click around. Each request of the page is told here: whether it carries the
  trace, why, and which trace it belongs to. Ctrl-C ends everything.
`;
}

/** @param {import('./start.mjs').PageEntry} entry */
export function describeEntry(entry) {
  if (entry.route) return `\n${bold(entry.route)}`;
  const attached = entry.attach ? green('attached    ') : yellow('not attached');
  const what = `${entry.method} ${entry.url}`.padEnd(URL_WIDTH);
  return `  ${what}  ${attached}  ${entry.reason.padEnd(REASON_WIDTH)}  ${entry.traceId}`;
}
