import { parseStack } from 'error-stack-parser-es/lite';

import { read } from './read.js';

/** One call of a stack, as it is sent. */
export interface StackFrame {
  filename: string;
  function: string;
  lineno?: number;
  colno?: number;
  in_app: boolean;
}

/** So many frames are sent, the latest ones. */
const MAX_FRAMES = 50;
/** What is longer is no line of a stack that anybody reads. */
const MAX_LINE = 1024;
/** Our own, where the browser could not leave them out. */
const OWN = /^capture(Exception|Message|Event)$/;

/** The parser knows neither calls without a line (of built-in functions) nor `async`. */
function forParser(stack: string): string {
  return stack
    .split('\n')
    .map((line) =>
      line
        .slice(0, MAX_LINE)
        .replace('(<anonymous>)', '(<anonymous>:0)')
        .replace(/^(\s*at )async /, '$1'),
    )
    .join('\n');
}

/** The calls that led to an error, the oldest first; none where its stack cannot be read. */
export function framesOf(error: unknown): StackFrame[] {
  const stack = [read(error, 'stacktrace'), read(error, 'stack')].find(Boolean);
  if (typeof stack !== 'string') return [];
  const popped = read(error, 'framesToPop');
  const first = typeof popped === 'number' ? popped : 0;
  const found = parseStack(forParser(stack), { slice: [first, first + MAX_FRAMES] });
  const frames: StackFrame[] = [];
  for (const { file, function: name = '?', line, col } of found) {
    // A line of the message, or one that says nothing.
    if (line === undefined) continue;
    frames.push({
      filename: file ?? '<anonymous>',
      function: name === '<anonymous>' ? '?' : name,
      in_app: true,
      ...(line && { lineno: line }),
      ...(col !== undefined && { colno: col }),
    });
  }
  while (frames[0] && OWN.test(frames[0].function)) frames.shift();
  return frames.reverse();
}
