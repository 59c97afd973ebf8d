// The hot door of spans and of the route's timers. Conventions as in propagation_hot.cpp.
#include <algorithm>
#include <array>

#include "bindings/export.h"
#include "bindings/spans.h"
#include "throughline/request/http_status.h"

namespace throughline::bindings {
namespace {

AttributeValue value_of(int type, double number, Text text) {
  return {static_cast<AttributeType>(type), text, number};
}

// Attributes as a host hands them in: at `text` for each its key and, if it is one, its text;
// lengths, types and numbers from cell kAttributes.
class Given {
 public:
  Given(int text, int count) : count_(std::min(static_cast<std::size_t>(count), kMost)) {
    const double* next = &cell(kAttributes);
    for (std::size_t i = 0; i < count_; ++i) {
      const int key_bytes = static_cast<int>(next[0]);
      const int type = static_cast<int>(next[1]);
      const bool is_text = type == static_cast<int>(AttributeType::Text) ||
                           type == static_cast<int>(AttributeType::Json);
      const int value_bytes = is_text ? static_cast<int>(next[2]) : 0;
      all_[i].key = text_at(text, key_bytes);
      all_[i].value = value_of(type, next[2], text_at(text + key_bytes, value_bytes));
      text += key_bytes + value_bytes;
      next += 3;
    }
  }
  std::span<const AttributeInput> attributes() const { return {all_.data(), count_}; }

 private:
  // As many as there are cells for.
  static constexpr std::size_t kMost =
      (std::tuple_size_v<decltype(Scratch::cells)> - kAttributes) / 3;

  std::array<AttributeInput, kMost> all_;
  std::size_t count_;
};

// Of an event that may ask about an idle span, which is then in kSpanHandle.
int end_word(std::uint32_t asks) {
  cell(kSpanHandle) = core().ending();
  return word(asks);
}

SpanRecord* find(int span) { return core().tracer().store().find(static_cast<Handle>(span)); }

}  // namespace

// At `text`: the name, then attributes as in Given. `start` 0: now, else a time input. `parent` 0:
// the active span. kIdle: as idle span with the times of its cells.
// Out: kSpanHandle, kRootHandle, kSampled, kSpanId, kTraceId; or the ask for a decision, of which
// the answer lies in its cells when the call is repeated with kAnswered.
THROUGHLINE_EXPORT int tl_span_start(int scope, int active_span, int parent, int flags, int text,
                                     int name_bytes, int attributes, double start, double now) {
  constexpr int kNoParent = 1;
  constexpr int kOnlyIfParent = 2;
  constexpr int kAnswered = 4;
  constexpr int kSuppressed = 8;
  constexpr int kForceTransaction = 16;
  constexpr int kIdle = 32;
  constexpr int kStandalone = 512;
  constexpr int kNoAutoFinish = 64;
  constexpr int kNoTrim = 128;
  constexpr int kAskBeforeEnd = 256;
  SpanStart options;
  const HostDecision decision = host_decision();
  if ((flags & kAnswered) != 0) options.decision = &decision;
  options.name = text_at(text, name_bytes);
  options.parent = static_cast<Handle>(parent);
  options.no_parent = (flags & kNoParent) != 0;
  options.only_if_parent = (flags & kOnlyIfParent) != 0;
  options.force_transaction = (flags & kForceTransaction) != 0;
  options.standalone = (flags & kStandalone) != 0;
  if (start != 0) options.start = from_time_input(start);
  const Given given(text + name_bytes, attributes);
  options.attributes = given.attributes();
  const Place place = place_of(scope, active_span, (flags & kSuppressed) != 0);
  const UnixTime at = from_milliseconds(now);
  const StartedSpan started = (flags & kIdle) == 0
                                  ? core().start_span(place, options, at)
                                  : core().start_idle_span(place, options,
                                                           {{milliseconds(cell(kIdleTimeout)),
                                                             milliseconds(cell(kFinalTimeout)),
                                                             milliseconds(cell(kChildTimeout))},
                                                            (flags & kNoAutoFinish) == 0,
                                                            (flags & kNoTrim) == 0,
                                                            (flags & kAskBeforeEnd) != 0},
                                                           at);
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
  return end_word(
      core().end_span(static_cast<Handle>(span), end != 0 ? from_time_input(end) : at, at));
}

// Key, then text value stand at `text`. `type` kMeasurement: a measurement in its JSON form.
THROUGHLINE_EXPORT int tl_span_attribute(int span, int text, int key_bytes, int type, double number,
                                         int value_bytes) {
  constexpr int kMeasurement = 8;
  SpanRecord* record = find(span);
  if (record != nullptr && type == kMeasurement) {
    core().tracer().set_measurement(*record, text_at(text, key_bytes),
                                    text_at(text + key_bytes, value_bytes));
  } else if (record != nullptr) {
    core().tracer().set_attribute(*record, text_at(text, key_bytes),
                                  value_of(type, number, text_at(text + key_bytes, value_bytes)));
  }
  return word();
}

// At `text` the trace id, the span id and attributes as a JSON object, or nothing. `sampled` -1:
// not known.
THROUGHLINE_EXPORT int tl_span_link(int span, int text, int bytes, int sampled) {
  const Text ids = text_at(text, bytes);
  const std::optional<TraceId> trace_id = parse_trace_id(ids.substr(0, 32));
  const std::optional<SpanId> span_id = parse_span_id(ids.substr(32, 16));
  SpanRecord* record = find(span);
  if (record != nullptr && trace_id && span_id) {
    SpanLink link{*trace_id, *span_id, {}, ids.substr(48)};
    if (sampled >= 0) link.sampled = sampled != 0;
    core().tracer().add_link(*record, link);
  }
  return word();
}

// The status code of a response as attribute and as status.
THROUGHLINE_EXPORT int tl_span_http_status(int span, int status) {
  if (SpanRecord* record = find(span)) {
    core().tracer().set_attribute(*record, "http.response.status_code",
                                  AttributeValue::of(static_cast<double>(status)));
    record->status = span_status_of_http(status);
  }
  return word();
}

// The span is active in the scope until it ends.
THROUGHLINE_EXPORT int tl_span_activate(int scope, int span) {
  core().activate(static_cast<Handle>(scope), static_cast<Handle>(span));
  return word();
}

// Out: as tl_span_start, for the span of that number in the tree from `span` down, which is number
// 0 itself; kSpanHandle 0: there are no more.
THROUGHLINE_EXPORT int tl_span_below(int span, int number) {
  put_span(core().span_below(static_cast<Handle>(span), number));
  return word();
}

THROUGHLINE_EXPORT int tl_span_add_child(int span, int child) {
  core().add_child(static_cast<Handle>(span), static_cast<Handle>(child));
  return word();
}

// A pattern of ignoreSpans: at `text` name and op, then attributes as in Given. `attributes` -1:
// the host has patterns of its own.
THROUGHLINE_EXPORT int tl_ignore_spans(int text, int name_bytes, int op_bytes, int attributes) {
  SpanFilter& filter = core().span_filter();
  if (attributes < 0) {
    filter.ask_host();
  } else {
    const Given given(text + name_bytes + op_bytes, attributes);
    filter.add(text_at(text, name_bytes), text_at(text + name_bytes, op_bytes), given.attributes());
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

// A resource timing. At `text` its name and nextHopProtocol; from kAttributes the time origin, when
// it started, then the times of ResourceTiming.
THROUGHLINE_EXPORT int tl_resource(int text, int name_bytes, int protocol_bytes) {
  const double* next = &cell(kAttributes);
  ResourceTiming timing;
  timing.protocol = text_at(text + name_bytes, protocol_bytes);
  timing.time_origin = *next++;
  const UnixTime start = from_milliseconds(timing.time_origin + *next++);
  std::copy_n(next, timing.times.size(), timing.times.begin());
  core().resource(text_at(text, name_bytes), start, timing);
  return word();
}

THROUGHLINE_EXPORT int tl_wake(double now) {
  span_state().told_deadline = 0;
  return end_word(core().wake(from_milliseconds(now)));
}

// Lets an idle span that started without it end by itself.
THROUGHLINE_EXPORT int tl_auto_finish(int span, double now) {
  core().enable_auto_finish(static_cast<Handle>(span), from_milliseconds(now));
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
  return end_word(core().page_hidden(place_of(scope, active_span), from_milliseconds(now)));
}

}  // namespace throughline::bindings
