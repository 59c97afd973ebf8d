// What to say about a scenario: that both sides agree, where they do not, or why it is skipped.
import { differencesOf, explain } from './differences.mjs';
import { transcriptOf } from './transcript.mjs';

const MOST = 400;

function shown(value) {
  const text = JSON.stringify(value) ?? '(absent)';
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

const sourceOf = ({ path = '', head = '', headers = {}, init = '', script = '' }) =>
  [path, head, JSON.stringify(headers), init, script].join('\n');

/**
 * @param known entries of known.mjs for this scenario
 * @returns `verdict` (`ok`, `failed`, `skipped`) and lines that say why
 */
export function judge(scenario, ours, theirs, known) {
  const source = sourceOf(scenario);
  const [mine, other] = [ours, theirs].map((record) => transcriptOf(record, source));
  const lines = [];
  // Both may fail alike, and then nothing was compared.
  if (other.failure) lines.push(`  the peer's side failed: ${other.failure}`);

  const differences = differencesOf(mine, other);
  for (const [rule, expected] of Object.entries(scenario.differs ?? {})) {
    for (const path of explain(differences, expected)) {
      lines.push(`  ${path}: not as the rule says: ${rule}`);
    }
  }
  const reasons = known.map(({ spec }) => spec);
  for (const { differs } of known) {
    for (const path of explain(differences, differs)) {
      lines.push(`  ${path}: a known difference that is none (any more): see known.mjs`);
    }
  }
  for (const [path, [a, b]] of differences) {
    lines.push(`  ${path}: ours ${shown(a)}, peer ${shown(b)}`);
  }
  if (lines.length > 0) return { verdict: 'failed', lines };
  if (reasons.length > 0) return { verdict: 'skipped', lines: [`  ${reasons.join('; ')}`] };
  return { verdict: 'ok', lines };
}
