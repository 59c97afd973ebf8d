// Attribute keys with a meaning, under the names by which they are exported elsewhere
// (spans.md section 4).

/** What kind of work a span is: `http.client`, `navigation`, … */
export const SEMANTIC_ATTRIBUTE_SENTRY_OP = 'sentry.op';
/** Who made the span: `manual`, or `auto.<category>.<integration>`. */
export const SEMANTIC_ATTRIBUTE_SENTRY_ORIGIN = 'sentry.origin';
/** What the name of a root is: custom, url, route, view, component, task. */
export const SEMANTIC_ATTRIBUTE_SENTRY_SOURCE = 'sentry.source';
/** The rate by which a root was decided here. */
export const SEMANTIC_ATTRIBUTE_SENTRY_SAMPLE_RATE = 'sentry.sample_rate';
/** The rate that was taken over from the trace before. */
export const SEMANTIC_ATTRIBUTE_SENTRY_PREVIOUS_TRACE_SAMPLE_RATE =
  'sentry.previous_trace_sample_rate';
/** Why an idle span ended. */
export const SEMANTIC_ATTRIBUTE_SENTRY_IDLE_SPAN_FINISH_REASON = 'sentry.idle_span_finish_reason';
/** Of an event: the value of a measurement. */
export const SEMANTIC_ATTRIBUTE_SENTRY_MEASUREMENT_VALUE = 'sentry.measurement_value';
/** Of an event: the unit of a measurement. */
export const SEMANTIC_ATTRIBUTE_SENTRY_MEASUREMENT_UNIT = 'sentry.measurement_unit';
/** Time spent in the span alone, in milliseconds. */
export const SEMANTIC_ATTRIBUTE_EXCLUSIVE_TIME = 'sentry.exclusive_time';
/** The profile that belongs to the span. */
export const SEMANTIC_ATTRIBUTE_PROFILE_ID = 'sentry.profile_id';
/** Of a link: what it is, such as `previous_trace`. */
export const SEMANTIC_LINK_ATTRIBUTE_LINK_TYPE = 'sentry.link.type';
