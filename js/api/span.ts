import { Cell } from '../core/module.js';
import type { Core } from '../core/core.js';
import { quietly } from '../base/quietly.js';
import { current } from './client.js';
import { familyOf, type Family } from './families.js';
import { normaliseBy } from './normalise.js';
import { explainTrace, getTraceData } from './propagation.js';
import { SCOPE, within } from './scopes.js';
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

/** From one span to another, of any trace. */
export interface SpanLink {
  context: Pick<SpanContext, 'traceId' | 'spanId'> & { traceFlags?: number };
  attributes?: Attributes;
}

/** A span; without a record (unsampled, tracing off, ended and sent) it has ids only. */
export interface Span {
  spanContext(): SpanContext;
  setAttribute(key: string, value: AttributeValue | undefined): this;
  setAttributes(attributes: Attributes): this;
  /** `code` 0 unset, 1 ok, 2 error. */
  setStatus(status: { code: 0 | 1 | 2; message?: string }): this;
  /** Renames it; the name counts as chosen by hand (source `custom`). */
  updateName(name: string): this;
  addLink(link: SpanLink): this;
  addLinks(links: SpanLink[]): this;
  /**
   * Only of use with the attributes `sentry.measurement_value` and `sentry.measurement_unit`: the
   * span then has a measurement of that name.
   */
  addEvent(name: string, attributes?: Attributes | TimeInput, time?: TimeInput): this;
  /** Does nothing; errors go elsewhere. */
  recordException(error: unknown, time?: TimeInput): void;
  /** Text of a `sentry-trace` header, as `getTraceData({ span })` gives it. */
  toSentryTrace(): string;
  /** The same, under the name that it had in version 7. */
  toTraceparent(): string;
  /** The dynamic sampling context of its root, values by key without prefix. */
  getBaggage(): Record<string, string>;
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
  measurement = 8,
}

/** How the core takes a value. */
type TypedValue = [type: number, numberOrText: number | string];

function attributeOf(value: unknown): TypedValue {
  if (value === undefined) return [Type.none, 0];
  if (typeof value === 'string') return [Type.text, value];
  if (typeof value === 'boolean') return [Type.boolean, Number(value)];
  // The core writes six decimals; what they do not hold goes as ready JSON.
  if (
    typeof value === 'number' &&
    Math.abs(value) < 1e9 &&
    Math.round(value * 1e6) / 1e6 === value
  ) {
    return [Type.number, value];
  }
  // The attributes are a level of their own. A `toJSON` may answer nothing.
  const text =
    (JSON.stringify(normaliseBy(current()?.options, value, 1)) as string | undefined) ?? 'null';
  return [Type.json, text];
}

/**
 * Attributes in the core's form, three members each: key, then as `TypedValue`. One list: spans may
 * be many, and every object costs.
 *
 * @param op comes first, under its name
 */
export function typed(attributes: object | null | undefined, op?: unknown): (string | number)[] {
  const all: (string | number)[] = [];
  if (op !== undefined) all.push('sentry.op', ...attributeOf(op));
  for (const [key, value] of Object.entries(attributes ?? {}) as [string, unknown][]) {
    all.push(key, ...attributeOf(value));
  }
  return all;
}

const unitsOf = (values: readonly (string | number)[]): number =>
  values.reduce<number>(
    (units, value) => units + (typeof value === 'string' ? value.length : 0),
    0,
  );

/** Writes texts, then attributes, as wasm/bindings/spans_hot.cpp takes them. @returns their bytes */
export function putWithAttributes(
  core: Core,
  texts: string[],
  attributes: ReturnType<typeof typed>,
): number[] {
  core.write(unitsOf(texts) + unitsOf(attributes));
  const bytes = texts.map((text) => core.put(text));
  let cell: number = Cell.input;
  for (const value of attributes) {
    core.cells[cell++] = typeof value === 'string' ? core.put(value) : value;
  }
  return bytes;
}

// A class, against the habit here: spans may be many, and closures cost several times as much.
export class RecordedSpan implements Span {
  readonly handle: number;
  readonly root: number;
  /** It was suppressed: what is below it is not recorded either. */
  suppressed = false;
  private readonly family_: Family | undefined;
  protected readonly context_: SpanContext;
  private recording_: boolean;

  /** Takes over what a call left in the cells; without a core: ids of zeros. */
  constructor(core?: Core) {
    this.handle = core?.cells[Cell.spanHandle] ?? 0;
    this.root = core?.cells[Cell.rootHandle] ?? 0;
    if (core) {
      this.family_ = familyOf(core, this.root);
      if (this.handle !== 0) this.family_.set(this.handle, this);
    }
    const traceFlags = core?.cells[Cell.sampled] === 1 ? 1 : 0;
    this.recording_ = this.handle !== 0 && traceFlags === 1;
    this.context_ = {
      traceId:
        (this.family_ && (this.family_.traceId_ ??= core!.hex(Cell.traceId, 16))) ?? '0'.repeat(32),
      spanId: core?.hex(Cell.spanId, 8) ?? '0'.repeat(16),
      traceFlags,
    };
  }

  /** The object of the root, if there is one. */
  get rootSpan_(): RecordedSpan | undefined {
    return this.family_?.get(this.root);
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
    return this.set_(key, attributeOf(value));
  }

  /** A measurement of this span; of a root it is one of the transaction. */
  measure_(name: string, value: number, unit: string): this {
    const text = JSON.stringify({ value, unit });
    return this.set_(name, [Type.measurement, text]);
  }

  private set_(key: string, [type, value]: TypedValue): this {
    const [number, text] = typeof value === 'string' ? [0, value] : [value, ''];
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

  addLink({ context, attributes }: SpanLink): this {
    const { traceId, spanId, traceFlags } = context;
    return this.change_((core) => {
      const text = traceId + spanId + (attributes ? JSON.stringify(attributes) : '');
      core.write(text.length);
      const bytes = core.put(text);
      return () => core.raw.tl_span_link(this.handle, core.text, bytes, traceFlags === 1 ? 1 : 0);
    });
  }

  addLinks(links: SpanLink[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  addEvent(name: string, attributes?: Attributes | TimeInput): this {
    const { 'sentry.measurement_value': value, 'sentry.measurement_unit': unit } = {
      ...(attributes as Attributes | undefined),
    };
    return typeof value === 'number' && typeof unit === 'string'
      ? this.measure_(name, value, unit)
      : this;
  }

  recordException(): void {
    // As documented.
  }

  toSentryTrace(): string {
    return within({ active: this }, () => getTraceData()['sentry-trace'] ?? '');
  }

  toTraceparent(): string {
    return this.toSentryTrace();
  }

  getBaggage(): Record<string, string> {
    return within({ active: this }, () => explainTrace()?.dsc ?? {});
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
      if (core && this.handle !== 0) core.run(prepare(core));
    });
    return this;
  }
}

/**
 * The span that a call left in the cells; nothing for none. Asking twice gives the same object.
 */
export function spanInCells(core: Core): RecordedSpan | undefined {
  const handle = core.cells[Cell.spanHandle]!;
  if (handle === 0) return undefined;
  return familyOf(core, core.cells[Cell.rootHandle]!).get(handle) ?? new RecordedSpan(core);
}

/** The span of a handle. */
export function spanOf(core: Core, handle: number): RecordedSpan | undefined {
  // "None" would be what is active in the scope; a core that failed is not asked again.
  if (handle === 0 || !core.alive) return undefined;
  core.call(() => core.raw.tl_span_active(SCOPE, handle));
  return spanInCells(core);
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
