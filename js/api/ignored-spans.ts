import { quietly } from '../base/quietly.js';
import type { Session } from './client.js';
import type { SpanJSON } from './shaping.js';
import { putWithAttributes, typed } from './span.js';

/** A pattern with its parts, whatever they are. */
interface Parts {
  name?: unknown;
  op?: unknown;
  attributes?: object | undefined;
}

// Of the options in force: patterns with a RegExp, which only JavaScript can test.
let ours: Parts[] = [];

const isRegExp = (value: unknown): value is RegExp => value instanceof RegExp;

function partsOf(pattern: unknown): Parts {
  return typeof pattern === 'object' && pattern && !isRegExp(pattern) ? pattern : { name: pattern };
}

/**
 * Tells the core which spans `ignoreSpans` means, as far as it can tell.
 *
 * Spec: spans.md section 7.
 */
export function readIgnoredSpans({ core, options }: Session): void {
  ours = [];
  const given: unknown = options.ignoreSpans;
  if (!Array.isArray(given)) return;
  for (const pattern of given as unknown[]) {
    // It may be anything.
    quietly(() => {
      const parts = partsOf(pattern);
      const { name, op, attributes = {} } = parts;
      if ([name, op, ...(Object.values(attributes) as unknown[])].some(isRegExp)) {
        ours.push(parts);
        return;
      }
      const values = typed(attributes);
      const texts = [name, op].map((part) => (typeof part === 'string' ? part : ''));
      const [nameBytes = 0, opBytes = 0] = putWithAttributes(core, texts, values);
      core.run(() => core.raw.tl_ignore_spans(core.text, nameBytes, opBytes, values.length / 3));
    });
  }
  if (ours.length) core.run(() => core.raw.tl_ignore_spans(0, 0, 0, -1));
}

function fits(value: unknown, pattern: unknown): boolean {
  if (typeof value === 'string') {
    if (isRegExp(pattern)) return new RegExp(pattern).test(value);
    if (typeof pattern === 'string') return value.includes(pattern);
  }
  return JSON.stringify(value) === JSON.stringify(pattern);
}

/** A text or RegExp about a text that may be missing; no pattern fits. */
const textFits = (text: string | undefined, pattern: unknown): boolean =>
  !pattern || (Boolean(text) && fits(text, pattern));

/** Answers the core's question which of the spans (JSON) below a root our patterns mean. */
export function markIgnoredSpans({ core }: Session, json: string, root: number): void {
  const spans = JSON.parse(json) as SpanJSON[];
  const isIgnored = ({ description, op, data }: SpanJSON): boolean =>
    ours.some(
      ({ name, op: wanted, attributes = {} }) =>
        textFits(description, name) &&
        textFits(op, wanted) &&
        Object.entries(attributes).every(([key, value]) => fits(data[key], value)),
    );
  const marks = spans.map((span) => (quietly(() => isIgnored(span)) ? '1' : '0')).join('');
  core.write(marks.length);
  const bytes = core.put(marks);
  core.run(() => core.raw.tl_mark_ignored(root, core.text, bytes));
}
