// The texts of outgoing headers, in parts: the span id is the only part that changes from one
// request to the next.
//
// Spec: propagation.md sections 2, 4 and 10; design.md section 4, "Header texts".
#pragma once

#include <optional>

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/id/ids.h"
#include "throughline/wire/baggage.h"
#include "throughline/wire/sentry_trace.h"
#include "throughline/wire/traceparent.h"

namespace throughline {

// Header texts without their span id: header text = prefix + 16 hex digits of it + suffix.
// `traceparent` is empty when none is sent, `baggage` when there is no DSC.
struct HeaderTexts {
  String sentry_trace;  // with a span id of zeros, as is `traceparent`
  String baggage;
  String traceparent;

  Text sentry_trace_prefix() const { return view(sentry_trace, 0, kSentryTraceCut); }
  Text sentry_trace_suffix() const { return tail(sentry_trace, kSentryTraceCut); }
  Text traceparent_prefix() const { return view(traceparent, 0, kTraceparentCut); }
  Text traceparent_suffix() const { return tail(traceparent, kTraceparentCut); }

 private:
  // Where the span id stands: behind the trace id and a dash, and in front of them the version.
  static constexpr std::size_t kSentryTraceCut = 33;
  static constexpr std::size_t kTraceparentCut = 36;

  static Text view(Text text, std::size_t from, std::size_t to) {
    return text.empty() ? text : text.substr(from, to - from);
  }
  static Text tail(Text text, std::size_t cut) {
    return view(text, cut + 2 * sizeof(SpanId::bytes), text.size());
  }
};

[[nodiscard]] inline HeaderTexts header_texts(const TraceId& trace_id, std::optional<bool> sampled,
                                              const Dsc& dsc, bool with_traceparent) {
  HeaderTexts texts{format_sentry_trace(trace_id, SpanId{}, sampled), format_dsc(dsc), {}};
  if (with_traceparent) texts.traceparent = format_traceparent(trace_id, SpanId{}, sampled);
  return texts;
}

}  // namespace throughline
