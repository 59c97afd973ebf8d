// The npm entry `throughline/debug`: what explainPropagation and explainTrace answer, in sentences.
// A bundle of its own beside the main one, so that only pages that ask for it load the texts.
import { explainPropagation, explainTrace } from './index.js';
import { SENTENCES } from './debug/sentences.js';

// Not the object itself, which knows `toString` as well.
const sentences = new Map(Object.entries(SENTENCES));

/**
 * What a reason means: one that `explainPropagation` or `explainTrace` names, or a line of `debug`.
 *
 * @returns a sentence; nothing for what is no reason
 */
export function describeReason(reason: string): string | undefined {
  return sentences.get(reason);
}

const sentence = (reason: string | undefined): string => describeReason(reason ?? '') ?? '';

/**
 * Whether a request would carry the trace, and why. Takes what `fetch` takes and sends nothing.
 *
 * @returns lines of text
 */
export function describePropagation(input: RequestInfo | URL, init?: RequestInit): string {
  const { attach, reason, pattern, url, headers } = explainPropagation(input, init);
  const found = pattern === undefined ? '' : ` (${String(pattern)})`;
  return [
    `${url} ${attach ? 'gets the trace' : 'does not get the trace'}.`,
    `${sentence(reason)}${found}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`),
  ].join('\n');
}

/**
 * Which trace is the current one, where it came from, and whether it is recorded.
 *
 * @returns lines of text
 */
export function describeTrace(): string {
  const trace = explainTrace();
  if (!trace) return sentence('core-unavailable');
  const { traceId, parentSpanId, source, decision, sampled } = trace;
  const recorded = sampled === undefined ? 'not decided' : sampled ? 'recorded' : 'not recorded';
  return [
    `Trace ${traceId}${parentSpanId ? `, below span ${parentSpanId}` : ''}: ${recorded}.`,
    sentence(source),
    sentence(decision),
  ]
    .filter(Boolean)
    .join('\n');
}
