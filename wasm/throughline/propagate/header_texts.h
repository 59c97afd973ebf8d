// The texts of outgoing headers, in parts: the span id is the only part that changes from one
// request to the next.
//
// Spec: propagation.md sections 2, 4 and 10; design.md section 4, "Header texts".
#pragma once

#include <optional>
#include <string>

#include "throughline/id/ids.h"
#include "throughline/wire/baggage.h"
#include "throughline/wire/sentry_trace.h"
#include "throughline/wire/traceparent.h"

namespace throughline {

// Header text = prefix + 16 hex digits of the span id + suffix. `traceparent_prefix` is empty
// when none is sent, `baggage` when there is no DSC.
struct HeaderTexts {
  std::string sentry_trace_prefix;
  std::string sentry_trace_suffix;
  std::string baggage;
  std::string traceparent_prefix;
  std::string traceparent_suffix;
};

[[nodiscard]] inline HeaderTexts header_texts(const TraceId& trace_id, std::optional<bool> sampled,
                                              const Dsc& dsc, bool with_traceparent) {
  // Both formats are written where they are defined, around a span id that is cut out again.
  constexpr std::size_t kDigits = 2 * sizeof(SpanId::bytes);
  HeaderTexts texts;
  const auto split = [](std::string_view whole, std::size_t at, std::string& prefix,
                        std::string& suffix) {
    prefix = whole.substr(0, at);
    suffix = whole.substr(at + kDigits);
  };
  split(format_sentry_trace(trace_id, SpanId{}, sampled), 33, texts.sentry_trace_prefix,
        texts.sentry_trace_suffix);
  texts.baggage = format_dsc(dsc);
  if (with_traceparent) {
    split(format_traceparent(trace_id, SpanId{}, sampled), 36, texts.traceparent_prefix,
          texts.traceparent_suffix);
  }
  return texts;
}

}  // namespace throughline
