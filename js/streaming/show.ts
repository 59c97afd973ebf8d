import type { Session } from '../api/client.js';
import { warn } from '../api/client.js';
import type { Context, Event } from '../api/event.js';
import type { StreamedSpanJSON } from '../api/hooks.js';
import { emit, isHeard } from '../api/listeners.js';
import { carriedTo } from '../api/processing.js';
import { spanOf } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import type { StreamingExports } from '../core/module.js';
import { isStreamed, SPAN_V2_HOOKS } from './options.js';

/** Attributes of segments that come from contexts: context, member, attribute. */
const OF_CONTEXTS = [
  ['response', 'status_code', 'http.response.status_code'],
  ['response', 'body_size', 'http.response.body.size'],
  ['profile', 'profile_id', 'sentry.profile_id'],
  ['profile', 'profiler_id', 'sentry.profiler_id'],
  ['culture', 'locale', 'culture.locale'],
  ['culture', 'timezone', 'culture.timezone'],
  ['angular', 'version', 'angular.version'],
  ['react', 'version', 'react.version'],
] as const;

/** What scopes add to a span. Spec: envelope.md section 8. */
function attributesOf({ user, contexts = {} }: Event, isSegment: boolean): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  const add = (key: string, value: unknown): void => {
    if (value !== undefined && value !== null) all[key] = value;
  };
  add('user.id', user?.id);
  add('user.email', user?.email);
  add('user.ip_address', user?.ip_address);
  add('user.name', user?.username);
  if (!isSegment) return all;
  for (const [context, member, key] of OF_CONTEXTS) add(key, contexts[context]?.[member]);
  add('state.type', (contexts['state']?.['state'] as Context | undefined)?.['type']);
  for (const [key, value] of Object.entries(contexts['cloud_resource'] ?? {})) add(key, value);
  return all;
}

/** With what the core says of each value. */
function typedAttributes({ core }: Session, attributes: object): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes) as [string, unknown][]) {
    const json = JSON.stringify(value) as string | undefined;
    if (json === undefined) continue;
    const text = core.texts(json);
    const typed = core.ask(() => (core.raw as StreamingExports).tl_typed_value(text));
    if (typed) all[key] = JSON.parse(typed);
  }
  return all;
}

/** @returns the span as hooks left it, as JSON with typed attributes */
function shapedSpan(
  session: Session,
  span: StreamedSpanJSON,
  own: Record<string, unknown>,
): string {
  const { beforeSendSpan: before, debug } = session.options;
  span.attributes = { ...own, ...span.attributes };
  emit('preprocessSpan', [span]);
  if (span.is_segment) emit('processSegmentSpan', [span]);
  emit('processSpan', [span]);
  let shown = span;
  if (isStreamed(before)) {
    const seen: unknown = quietly(() => before(span));
    if (seen) shown = seen as StreamedSpanJSON;
    else warn(debug, 'beforeSendSpan returned nothing; the span stays');
  }
  const { links, attributes, ...rest } = shown;
  return JSON.stringify({
    ...rest,
    attributes: typedAttributes(session, attributes),
    links: links?.map((link) =>
      link.attributes ? { ...link, attributes: typedAttributes(session, link.attributes) } : link,
    ),
  });
}

/**
 * Answers the core, which asks what else is to be said of a span that ended.
 *
 * @param json the span, attributes without types
 * @param root handle of its root
 */
export function showSpan(session: Session, json: string, root: number): void {
  const { core } = session;
  // The first one: it stands before attributes.
  const isSegment = /"is_segment":(\w+)/.exec(json)![1] === 'true';
  const text = quietly(() => {
    const event: Event = {};
    carriedTo(root, !isSegment).add?.(event);
    const own = attributesOf(event, isSegment);
    const isShown = isHeard(...SPAN_V2_HOOKS) || isStreamed(session.options.beforeSendSpan);
    if (!isShown && Object.keys(own).length === 0) return '';
    return shapedSpan(session, JSON.parse(json) as StreamedSpanJSON, own);
  });
  if (isSegment && isHeard('afterSegmentSpanEnd')) {
    emit('afterSegmentSpanEnd', [spanOf(core, root)!]);
  }
  if (!core.alive) return;
  const answer = text ?? '';
  core.write(answer.length);
  const bytes = core.put(answer);
  core.run(() => (core.raw as StreamingExports).tl_answer_span(core.text, bytes));
}
