/** Reads an envelope of JSON items (envelope.md section 2). */
export function readEnvelope(text) {
  const [header, ...lines] = text.split('\n').map((line) => JSON.parse(line));
  const items = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    items.push({ type: lines[at].type, header: lines[at], payload: lines[at + 1] });
  }
  return { header, items };
}
