import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = join(import.meta.dirname, '../../../README.md');

/** The code block below the README's heading `### {heading}`. */
export function blockBelow(heading: string): string {
  const readme = readFileSync(README, 'utf8');
  const [, section] = readme.split(`\n### ${heading}\n`);
  const block = section && /^```\w+\n([\s\S]*?)^```$/m.exec(section)?.[1];
  if (!block) throw new Error(`README.md: no code block below "### ${heading}"`);
  return block;
}
