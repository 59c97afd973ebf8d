// Spans of OpenTelemetry's API, and what becomes of those that Next.js starts by itself.
import { current, type Session } from '../api/client.js';
import { activeHandle, handleOf } from '../api/scopes.js';
import type { Attributes, SpanLink, TimeInput } from '../api/span.js';
import { startInactive } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import type { ServerExports } from '../node/exports.js';
import { context, runThere, withSpan, type Context } from '../node/fork-stack.js';
import { isQuiet } from '../node/quiet-paths.js';
import { activeContext, placeOf, requestPlaceOf, type OtelContext } from './contexts.js';
import { Face, nothing } from './face.js';

/** Options of a start, as the API has them. */
interface OtelSpanOptions {
  attributes?: Attributes;
  links?: SpanLink[];
  startTime?: TimeInput;
  root?: boolean;
}

interface Shape {
  name: string;
  attributes: Attributes;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What the core makes of a span of Next.js, where it is started; nothing: it is not recorded. */
function shapeOf({ core }: Session, name: string, given: Attributes): Shape | undefined {
  const raw = core.raw as ServerExports;
  const { scope } = context();
  const active = activeHandle();
  const told = ['next.span_type', 'next.segment', 'http.method', 'http.target'];
  const texts = core.texts(name, ...told.map((key) => textOf(given[key])));
  const text = core.ask(() => raw.tl_next_span(scope | 0, active | 0, texts));
  return text ? (JSON.parse(text) as Shape) : undefined;
}

interface Started {
  face: Face;
  /** Where the span is not active yet. */
  place: Context;
}

function start(name: string, options: OtelSpanOptions, given: OtelContext): Started | undefined {
  const session = current();
  if (!session) return undefined;
  const { attributes = {}, links, startTime, root } = options;
  const type = attributes['next.span_type'];
  const isRequest = type === 'BaseServer.handleRequest';
  const place = isRequest ? requestPlaceOf(given) : placeOf(given);
  return runThere(place, () => {
    const isNext = typeof type === 'string';
    const unwanted = isRequest && isQuiet(textOf(attributes['http.target']));
    const shape = isNext
      ? unwanted
        ? undefined
        : shapeOf(session, name, attributes)
      : { name, attributes: { 'sentry.origin': 'manual' } };
    if (!shape) return undefined;
    const span = startInactive({
      name: shape.name,
      attributes: { ...attributes, ...shape.attributes },
      ...(links && { links }),
      ...(startTime !== undefined && { startTime }),
      ...(root && { parentSpan: null }),
    });
    const face = new Face(span, isNext ? type : undefined);
    if (isNext) face.noteRoute_(attributes['next.route']);
    if (type === 'Middleware.execute') {
      const { core } = session;
      const method = core.texts(textOf(attributes['http.method']));
      core.run(() => (core.raw as ServerExports).tl_next_middleware(handleOf(span), method));
    }
    return { face, place };
  });
}

function startSpan(name: string, options?: OtelSpanOptions, given = activeContext()): Face {
  return quietly(() => start(name, options ?? {}, given))?.face ?? nothing();
}

function startActiveSpan(name: string, ...rest: unknown[]): unknown {
  const callback = rest.at(-1) as (span: Face) => unknown;
  const [options, given = activeContext()] = rest.slice(0, -1) as [OtelSpanOptions?, OtelContext?];
  const started = quietly(() => start(name, options ?? {}, given));
  // What is not recorded changes nothing for what is inside of it.
  if (!started) return callback(nothing());
  const { face, place } = started;
  return runThere(withSpan(place, face.span), () => callback(face));
}

const tracer = { startSpan, startActiveSpan };

/** What `globalThis[Symbol.for('opentelemetry.js.api.1')].trace` is to be. */
export const tracerProvider = { getTracer: (): typeof tracer => tracer };
