import { Cell } from '../core/module.js';
import type { Core } from '../core/core.js';
import { quietly } from '../base/quietly.js';
import { current } from './client.js';
import { SCOPE } from './scopes.js';
import type { SpanJSON } from './shaping.js';

export type AttributeValue = string | number | boolean | string[] | number[] | boolean[];
export type Attributes = Record<string, AttributeValue | undefined>;
/** Seconds, milliseconds (above 9999999999), `[seconds, nanoseconds]` or a Date. */
export type TimeInput = number | [number, number] | Date;

export interface SpanContext {
  traceId: string;
  spanId: string;
  /** 1: sampled. */
  traceFlags: 0 | 1;
}

/** A span; without a record (unsampled, tracing off, ended and sent) it has ids only. */
export interface Span {
  spanContext(): SpanContext;
  setAttribute(key: string, value: AttributeValue | undefined): this;
  setAttributes(attributes: Attributes): this;
  /** `code` 0 unset, 1 ok, 2 error. */
  setStatus(status: { code: 0 | 1 | 2; message?: string }): this;
  updateName(name: string): this;
  end(time?: TimeInput): void;
  isRecording(): boolean;
}

/** A time input in milliseconds or seconds, as one number; 0: not given. */
export function timeNumber(time: TimeInput | undefined): number {
  if (time === undefined) return 0;
  if (Array.isArray(time)) return time[0] + time[1] / 1e9;
  return typeof time === 'number' ? time : time.getTime();
}

// Types of attributes as wasm/throughline/span/attribute.h numbers them.
const enum Type {
  none = 0,
  text = 1,
  number = 2,
  boolean = 3,
  json = 4,
}

/** What JSON has no form for, as text (envelope.md section 4.3). */
function replacement(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return `[Function: ${value.name || '<anonymous>'}]`;
  if (typeof value === 'bigint') return `[BigInt: ${value}]`;
  return typeof value === 'symbol' ? `[${String(value)}]` : value;
}

/** One attribute on its way into the core: type, and its number or text. */
export function attributeOf(value: unknown): { type: number; number: number; text: string } {
  if (value === undefined) return { type: Type.none, number: 0, text: '' };
  if (typeof value === 'string') return { type: Type.text, number: 0, text: value };
  if (typeof value === 'boolean') return { type: Type.boolean, number: Number(value), text: '' };
  // The core writes six decimals; what they do not hold goes as ready JSON.
  if (
    typeof value === 'number' &&
    Math.abs(value) < 1e9 &&
    Math.round(value * 1e6) / 1e6 === value
  ) {
    return { type: Type.number, number: value, text: '' };
  }
  const text =
    typeof value === 'number' && !Number.isFinite(value)
      ? `"[${String(value)}]"`
      : // A cycle, or user code that throws.
        (quietly(() => JSON.stringify(value, replacement)) ?? '"[Circular ~]"');
  return { type: Type.json, number: 0, text };
}

// A class, against the habit here: spans may be many, and closures cost several times as much.
export class RecordedSpan implements Span {
  readonly handle: number;
  readonly root: number;
  /** It was suppressed: what is below it is not recorded either. */
  suppressed = false;
  private readonly context_: SpanContext;
  private recording_: boolean;

  /** Takes over what a call left in the cells; without a core: ids of zeros. */
  constructor(core?: Core) {
    this.handle = core?.cells[Cell.spanHandle] ?? 0;
    this.root = core?.cells[Cell.rootHandle] ?? 0;
    const traceFlags = core?.cells[Cell.sampled] === 1 ? 1 : 0;
    this.recording_ = this.handle !== 0 && traceFlags === 1;
    this.context_ = {
      traceId: core?.hex(Cell.traceId, 16) ?? '0'.repeat(32),
      spanId: core?.hex(Cell.spanId, 8) ?? '0'.repeat(16),
      traceFlags,
    };
  }

  spanContext(): SpanContext {
    return { ...this.context_ };
  }

  isRecording(): boolean {
    // Others may have ended it: a route its children, user code another object of it.
    const { start_timestamp: start, timestamp: end } = spanToJSON(this);
    return this.recording_ && start !== undefined && end === undefined;
  }

  setAttribute(key: string, value: AttributeValue | undefined): this {
    const { type, number, text } = attributeOf(value);
    return this.change_((core) => {
      core.write(key.length + text.length);
      const keyBytes = core.put(key);
      const textBytes = core.put(text);
      return () =>
        core.raw.tl_span_attribute(this.handle, core.text, keyBytes, type, number, textBytes);
    });
  }

  setAttributes(attributes: Attributes): this {
    for (const [key, value] of Object.entries(attributes)) this.setAttribute(key, value);
    return this;
  }

  setStatus({ code, message = '' }: { code: 0 | 1 | 2; message?: string }): this {
    return this.change_((core) => {
      core.write(message.length);
      const bytes = core.put(message);
      return () => core.raw.tl_span_status(this.handle, code, core.text, bytes);
    });
  }

  updateName(name: string): this {
    return this.change_((core) => {
      core.write(name.length);
      const bytes = core.put(name);
      return () => core.raw.tl_span_name(this.handle, core.text, bytes);
    });
  }

  end(time?: TimeInput): void {
    this.change_((core) => {
      const now = current()!.host.now();
      return () => core.raw.tl_span_end(this.handle, timeNumber(time), now);
    });
    this.recording_ = false;
  }

  /** Writes texts, then calls; a span without a record takes no changes. */
  private change_(prepare: (core: Core) => () => number): this {
    quietly(() => {
      const core = current()?.core;
      if (core && this.handle !== 0) core.settle(core.call(prepare(core)));
    });
    return this;
  }
}

let last: RecordedSpan | undefined;
let lastCore: Core | undefined;

/** The span of a handle; nothing for none. Asking twice gives the same object. */
export function spanOf(core: Core, handle: number): RecordedSpan | undefined {
  if (handle === 0) return (last = undefined);
  // After `close` and `init` the same number is another span.
  if (last?.handle !== handle || lastCore !== core) {
    core.call(() => core.raw.tl_span_active(SCOPE, handle));
    last = new RecordedSpan(core);
    lastCore = core;
  }
  return last;
}

/** The span as JSON, as it stands now; ids only once it was sent. */
export function spanToJSON(span: Span): SpanJSON {
  const core = current()?.core;
  const handle = span instanceof RecordedSpan ? span.handle : 0;
  const text = core && handle && quietly(() => core.ask(() => core.raw.tl_span_json(handle | 0)));
  if (text) return JSON.parse(text) as SpanJSON;
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId, data: {} };
}
