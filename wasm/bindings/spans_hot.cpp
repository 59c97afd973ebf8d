// The hot door of spans and of the route's timers. Conventions as in propagation_hot.cpp.
#include <vector>

#include "bindings/export.h"
#include "bindings/spans.h"

namespace throughline::bindings {
namespace {

AttributeValue value_of(int type, double number, Text text) {
  return {static_cast<AttributeType>(type), text, number};
}

SpanRecord* find(int span) { return core().tracer().store().find(static_cast<Handle>(span)); }

}  // namespace

// At `text`: the name, then for each attribute its key and, if it is one, its text; lengths,
// types and numbers from cell kAttributes. `start` 0: now, else a time
// input. `parent` 0: the active span.
// Out: kSpanHandle, kRootHandle, kSampled, kSpanId, kTraceId; or the ask for a decision, of which
// the answer lies in its cells when the call is repeated with kAnswered.
THROUGHLINE_EXPORT int tl_span_start(int scope, int active_span, int parent, int flags, int text,
                                     int name_bytes, int attributes, double start, double now) {
  constexpr int kNoParent = 1;
  constexpr int kOnlyIfParent = 2;
  constexpr int kAnswered = 4;
  constexpr int kSuppressed = 8;
  SpanStart options;
  const HostDecision decision = host_decision();
  if ((flags & kAnswered) != 0) options.decision = &decision;
  options.name = text_at(text, name_bytes);
  options.parent = static_cast<Handle>(parent);
  options.no_parent = (flags & kNoParent) != 0;
  options.only_if_parent = (flags & kOnlyIfParent) != 0;
  if (start != 0) options.start = from_time_input(start);
  std::vector<AttributeInput> given(static_cast<std::size_t>(attributes));
  int place = text + name_bytes;
  const double* next = &cell(kAttributes);
  for (AttributeInput& attribute : given) {
    const int key_bytes = static_cast<int>(next[0]);
    const int type = static_cast<int>(next[1]);
    const bool is_text = type == static_cast<int>(AttributeType::Text) ||
                         type == static_cast<int>(AttributeType::Json);
    const int value_bytes = is_text ? static_cast<int>(next[2]) : 0;
    attribute.key = text_at(place, key_bytes);
    attribute.value = value_of(type, next[2], text_at(place + key_bytes, value_bytes));
    place += key_bytes + value_bytes;
    next += 3;
  }
  options.attributes = given;
  const StartedSpan started = core().start_span(
      place_of(scope, active_span, (flags & kSuppressed) != 0), options, from_milliseconds(now));
  if (started.asks != kAskNothing) {
    put_decision_input();
    return word(started.asks);
  }
  put_span(started);
  return word();
}

// Out: as tl_span_start, for the active span of a place; kSpanHandle 0: none.
THROUGHLINE_EXPORT int tl_span_active(int scope, int active_span) {
  put_span(core().active_span(place_of(scope, active_span)));
  return word();
}

// `end` as `start` above.
THROUGHLINE_EXPORT int tl_span_end(int span, double end, double now) {
  const UnixTime at = from_milliseconds(now);
  core().end_span(static_cast<Handle>(span), end != 0 ? from_time_input(end) : at, at);
  return word();
}

// Key, then text value stand at `text`.
THROUGHLINE_EXPORT int tl_span_attribute(int span, int text, int key_bytes, int type, double number,
                                         int value_bytes) {
  if (SpanRecord* record = find(span)) {
    core().tracer().set_attribute(*record, text_at(text, key_bytes),
                                  value_of(type, number, text_at(text + key_bytes, value_bytes)));
  }
  return word();
}

THROUGHLINE_EXPORT int tl_span_name(int span, int text, int bytes) {
  if (SpanRecord* record = find(span)) {
    core().tracer().set_name(*record, text_at(text, bytes));
    core().tracer().set_attribute(*record, "sentry.source", AttributeValue::of("custom"));
  }
  return word();
}

// `code` 0 unset, 1 ok, 2 error.
THROUGHLINE_EXPORT int tl_span_status(int span, int code, int text, int bytes) {
  if (SpanRecord* record = find(span)) {
    core().tracer().set_status(*record, static_cast<StatusCode>(code), text_at(text, bytes));
  }
  return word();
}

// `status` -1: the request failed without a response. `content_length` 0: not known.
THROUGHLINE_EXPORT int tl_response(int span, int status, double content_length, double now) {
  core().response(static_cast<Handle>(span), status, content_length, from_milliseconds(now));
  return word();
}

THROUGHLINE_EXPORT int tl_wake(double now) {
  span_state().told_deadline = 0;
  core().wake(from_milliseconds(now));
  return word();
}

THROUGHLINE_EXPORT int tl_document_ready(double now) {
  core().document_ready(from_milliseconds(now));
  return word();
}

// The application's own word that the page is there.
THROUGHLINE_EXPORT int tl_report_page_loaded(double now) {
  core().report_page_loaded(from_milliseconds(now));
  return word();
}

THROUGHLINE_EXPORT int tl_interaction(double now) {
  core().interaction(from_milliseconds(now));
  return word();
}

THROUGHLINE_EXPORT int tl_hidden(int scope, int active_span, double now) {
  core().page_hidden(place_of(scope, active_span), from_milliseconds(now));
  return word();
}

}  // namespace throughline::bindings
