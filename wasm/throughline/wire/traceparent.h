// The W3C `traceparent` header.
//
// Spec: W3C Trace Context, "traceparent Header"; propagation.md section 4.
#pragma once

#include <cstdint>
#include <optional>

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/id/ids.h"

namespace throughline {

struct Traceparent {
  std::uint8_t version = 0;
  TraceId trace_id;
  SpanId parent_id;
  std::uint8_t flags = 0;

  bool sampled() const { return (flags & 1) != 0; }
  bool random() const { return (flags & 2) != 0; }
};

// Returns nothing for text that cannot be used: wrong length, upper-case hex, an all-zero id,
// version ff, two headers joined. A version above 00 may carry more behind the flags.
[[nodiscard]] std::optional<Traceparent> parse_traceparent(Text text);

// Version 00. Bit 0 is our own decision, where a deferred one is written as not sampled; bit 1
// is set when `random` says that the incoming header had it.
[[nodiscard]] String format_traceparent(const TraceId& trace_id, const SpanId& span_id,
                                        std::optional<bool> sampled, bool random = false);

}  // namespace throughline
