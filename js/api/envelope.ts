import type { Envelope } from './event.js';

/**
 * An envelope as listeners and transports get it.
 *
 * Spec: envelope.md section 2.
 *
 * @param body lines of JSON in UTF-8
 */
export function readEnvelope(body: Uint8Array): Envelope {
  const lines = new TextDecoder().decode(body).split('\n');
  const [header, ...parts] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const envelope: Envelope = [header!, []];
  for (let i = 0; i < parts.length; i += 2) envelope[1].push([parts[i]!, parts[i + 1]!]);
  return envelope;
}

/** The other way round. */
export function writeEnvelope(envelope: Envelope): Uint8Array<ArrayBuffer> {
  const lines = envelope.flat(2).map((part) => JSON.stringify(part));
  return new TextEncoder().encode(lines.join('\n'));
}
