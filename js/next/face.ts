import { current } from '../api/client.js';
import { handleOf } from '../api/scopes.js';
import { RecordedSpan, type AttributeValue, type Span, type TimeInput } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from '../node/exports.js';
import { isControlFlow } from './control-flow.js';

const faces = new WeakMap<RecordedSpan, Face>();

/**
 * A span as Next.js sees it through OpenTelemetry's API. What Next.js says of its own spans goes to
 * the core, which knows what of it concerns the request.
 */
export class Face {
  readonly span: RecordedSpan;
  /** What Next.js calls that kind of span; nothing: somebody else's. */
  private readonly type_: string | undefined;
  private readonly isRequest_: boolean;
  private status_ = -1;
  private isOpen_ = true;
  private isControlFlow_ = false;

  constructor(span: RecordedSpan, type?: string) {
    this.span = span;
    this.type_ = type;
    this.isRequest_ = type === 'BaseServer.handleRequest' && span.handle === span.root;
    faces.set(span, this);
  }

  spanContext(): ReturnType<Span['spanContext']> {
    return this.span.spanContext();
  }

  /** As the API has it; spans that others ended are told so by `spanToJSON`. */
  isRecording(): boolean {
    return this.isOpen_ && this.span.handle !== 0 && this.span.spanContext().traceFlags === 1;
  }

  setAttribute(key: string, value: AttributeValue | undefined): this {
    if (this.type_ !== undefined) {
      if (key === 'http.status_code' && typeof value === 'number') this.status_ = value;
      if (key === 'next.route' || key === 'http.route') this.noteRoute_(value);
      // Names the request, which is the core's to do.
      if (key === 'http.route') return this;
    }
    this.span.setAttribute(key, value);
    return this;
  }

  setAttributes(attributes: Record<string, AttributeValue | undefined>): this {
    for (const [key, value] of Object.entries(attributes)) this.setAttribute(key, value);
    return this;
  }

  /** The page of the request, which Next.js tells wherever it finds it. */
  noteRoute_(page: unknown): void {
    if (typeof page !== 'string') return;
    quietly(() => {
      const core = current()?.core;
      if (!core) return;
      const text = core.texts(page);
      core.run(() => (core.raw as ServerExports).tl_next_route(handleOf(this.span), text));
    });
  }

  setStatus(status: { code: 0 | 1 | 2; message?: string }): this {
    // Going elsewhere is no failure.
    if (this.isControlFlow_) return this;
    // Of its own spans Next.js says there what was thrown, which is no name of a status.
    const isText = this.type_ !== undefined && status.code === 2;
    this.span.setStatus(isText ? { code: 2, message: 'internal_error' } : status);
    return this;
  }

  updateName(name: string): this {
    if (!this.isRequest_) this.span.updateName(name);
    return this;
  }

  addLink(link: Parameters<Span['addLink']>[0]): this {
    this.span.addLink(link);
    return this;
  }

  addLinks(links: Parameters<Span['addLinks']>[0]): this {
    this.span.addLinks(links);
    return this;
  }

  addEvent(name: string, attributes?: Parameters<Span['addEvent']>[1]): this {
    this.span.addEvent(name, attributes);
    return this;
  }

  recordException(error: unknown): void {
    this.isControlFlow_ = isControlFlow(error);
  }

  end(time?: TimeInput): void {
    if (!this.isOpen_) return;
    this.isOpen_ = false;
    if (!this.isRequest_) {
      this.span.end(time);
      return;
    }
    quietly(() => {
      const session = current();
      if (!session) return;
      const { core, host } = session;
      const now = host.now();
      const { handle } = this.span;
      core.run(() => (core.raw as ServerExports).tl_end_next(handle, this.status_, now));
    });
  }
}

/** A span that takes everything and records nothing. */
export const nothing = (): Face => new Face(new RecordedSpan());

export const faceOf = (span: RecordedSpan): Face => faces.get(span) ?? new Face(span);

/** The span of what stands in a context of the API, if it is one of ours. */
export const spanBehind = (value: unknown): RecordedSpan | undefined =>
  value instanceof Face ? value.span : undefined;
