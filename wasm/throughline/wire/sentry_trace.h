// The `sentry-trace` header: trace id, parent span id and sampling decision.
//
// Spec: propagation.md section 2.
#pragma once

#include <optional>

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/id/ids.h"

namespace throughline {

// What a peer upstream told about its trace, by whichever header.
struct RemoteParent {
  TraceId trace_id;
  SpanId span_id;               // zero: the trace is known, the parent span is not
  std::optional<bool> sampled;  // nothing: the decision is deferred to us
  friend bool operator==(const RemoteParent&, const RemoteParent&) = default;
};

// Reads the text of a `sentry-trace` header, meta tag or Server-Timing description.
//
// Returns nothing for text that carries no usable trace id: malformed, empty, upper-case hex,
// an all-zero trace or span id. The caller then starts a new trace and ignores the baggage
// that came with it.
[[nodiscard]] std::optional<RemoteParent> parse_sentry_trace(Text text);

// `traceid-spanid` followed by `-1`, `-0` or, for a deferred decision, nothing.
[[nodiscard]] String format_sentry_trace(const TraceId& trace_id, const SpanId& span_id,
                                         std::optional<bool> sampled);

}  // namespace throughline
