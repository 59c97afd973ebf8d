import type { Session } from '../api/client.js';
import {
  headersFor,
  readHeaderTexts,
  type HeaderTexts,
  type TraceData,
} from '../api/propagation.js';
import { activeHandle, here } from '../api/scopes.js';
import { quietly } from '../base/quietly.js';
import { Ask, Cell, Word } from '../core/module.js';
import type { How, ServerExports } from './exports.js';

/** Who makes the request, as wasm/throughline/request/outgoing_request.h numbers it. */
export const enum By {
  http = 0,
  fetch = 1,
}

const SPAN_UNWANTED = 2;
const SUPPRESSED = 8;

/** A request that this process makes. */
export interface Outgoing {
  by: By;
  /** Absolute. */
  url: string;
  method: string;
  userAgent: string;
  spanWanted: boolean;
}

/** What the core decided about it. */
export interface Started {
  /** 0: it is not recorded. */
  span: number;
  /** To be attached; nothing: none are. */
  headers: TraceData | undefined;
}

/** A response as far as it is told. `status` -1: there was none. */
export interface Ended {
  status: number;
  how: How;
  httpVersion?: string;
  bodySize?: number;
  peerAddress?: string | undefined;
  peerPort?: number | undefined;
}

let texts: HeaderTexts | undefined;
let textsNumber = 0;
let textsOf: Session | undefined;

/** Which of the host's own patterns matches first; -1: none. */
function matchPattern(targets: readonly unknown[], url: string): number {
  return targets.findIndex((target) =>
    quietly(() => {
      if (target instanceof RegExp) {
        target.lastIndex = 0;
        return target.test(url);
      }
      return typeof target === 'function' && Boolean((target as (url: string) => unknown)(url));
    }),
  );
}

/** Tells the core that a request starts, here and now. @returns nothing if it is none of ours */
export function startOutgoing(session: Session, request: Outgoing): Started | undefined {
  const { core, host, targets } = session;
  const { suppressed } = here();
  const raw = core.raw as ServerExports;
  const { url, method, userAgent, by } = request;
  const flags = (request.spanWanted ? 0 : SPAN_UNWANTED) | (suppressed ? SUPPRESSED : 0);
  // Patterns, then the answer.
  for (let round = 0; round < 2; round++) {
    const active = activeHandle();
    const { scope } = here();
    const now = host.now();
    const given = core.texts(url, method, userAgent);
    const word = core.call(() => raw.tl_outgoing(scope, active, given, by, flags, now));
    const { cells } = core;
    if (word & Word.asks) {
      if (!(cells[Cell.asks]! & Ask.patterns)) return undefined;
      core.settle(word);
      const pattern = matchPattern(targets, url);
      core.write(url.length);
      const bytes = core.put(url);
      core.call(() => {
        raw.tl_answer_pattern(core.text, bytes, pattern);
        return raw.tl_word();
      });
      continue;
    }
    const attach = cells[Cell.attach] === 1;
    const span = cells[Cell.spanHandle]!;
    const number = cells[Cell.headerNumber]!;
    const spanId = attach ? core.hex(Cell.spanId, 8) : '';
    core.settle(word);
    if (!attach) return { span, headers: undefined };
    if (number !== textsNumber || textsOf !== session || !texts) {
      texts = readHeaderTexts(session, active);
      textsNumber = number;
      textsOf = session;
    }
    return { span, headers: headersFor(texts, spanId) };
  }
  return undefined;
}

/** Tells the core how it ended. */
export function endOutgoing({ core, host }: Session, span: number, ended: Ended): void {
  if (span === 0 || !core.alive) return;
  const raw = core.raw as ServerExports;
  const { status, how, httpVersion = '', bodySize = -1, peerAddress = '', peerPort = -1 } = ended;
  const now = host.now();
  const given = core.texts(httpVersion, peerAddress);
  core.run(() => raw.tl_end_outgoing(span, given, status, how, bodySize, peerPort, now));
}

/** The headers of a request, whoever makes it, read and written in their place. */
export interface HeaderFields {
  /** Values of all of that name, in order. */
  get(name: string): string[];
  /** Replaces all of that name. */
  set(name: string, value: string): void;
}

/**
 * Adds our headers to what the application set. One that has a `sentry-trace` is left as it is:
 * somebody propagates by hand.
 *
 * Spec: server.md section 4.3.
 */
export function attachHeaders(session: Session, fields: HeaderFields, ours: TraceData): void {
  if (fields.get('sentry-trace').length > 0) return;
  const { 'sentry-trace': trace = '', baggage = '', traceparent } = ours;
  fields.set('sentry-trace', trace);
  if (traceparent && fields.get('traceparent').length === 0) fields.set('traceparent', traceparent);
  const theirs = fields.get('baggage');
  const merged = theirs.length > 0 ? mergeBaggage(session, theirs.join(), baggage) : baggage;
  if (merged) fields.set('baggage', merged);
}

/** The baggage header of a request that has one, by the core's rule. */
export function mergeBaggage({ core }: Session, theirs: string, ours: string): string {
  const raw = core.raw as ServerExports;
  const both = core.texts(theirs, ours);
  return core.ask(() => raw.tl_merge_baggage(both));
}
