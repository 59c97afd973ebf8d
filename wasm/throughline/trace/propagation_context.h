// The trace that a scope is in: what an incoming request or page load continued, or a fresh one.
//
// Spec: propagation.md sections 5 and 6.4.
#pragma once

#include <optional>

#include "throughline/base/random.h"
#include "throughline/base/text.h"
#include "throughline/config/options.h"
#include "throughline/id/ids.h"
#include "throughline/wire/baggage.h"
#include "throughline/wire/sentry_trace.h"

namespace throughline {

struct PropagationContext {
  TraceId trace_id;
  double sample_rand = 0;       // [0, 1), for the whole trace
  std::optional<bool> sampled;  // nothing: deferred
  SpanId parent_span_id;        // zero: none
  SpanId propagation_span_id;   // zero: none
  std::optional<Dsc> dsc;       // frozen; present and empty: somebody else's trace, send none
  bool own_dsc = false;         // `dsc` was made here: listeners of createDsc may add to it

  // Out of line, as those of Members.
  PropagationContext();
  PropagationContext(PropagationContext&& other) noexcept;
  PropagationContext& operator=(PropagationContext&& other) noexcept;
  PropagationContext(const PropagationContext& other);
  PropagationContext& operator=(const PropagationContext& other);
  ~PropagationContext();
};

// Fresh trace id and sample_rand, nothing else.
[[nodiscard]] PropagationContext fresh_context(Random& random);

// Why an incoming trace was not continued, or where it came from.
enum class Continuation {
  Continued,
  Absent,        // no sentry-trace text
  Malformed,     // text without a usable trace id
  Organisation,  // section 6.4 forbids it
};

struct Incoming {
  PropagationContext context;
  Continuation continuation = Continuation::Absent;
  bool by_traceparent = false;
};

// Texts of incoming headers; empty: absent.
struct IncomingHeaders {
  Text sentry_trace;
  Text baggage;
  Text traceparent;

  // Whether somebody traced the request, be it readable or not.
  bool has_caller() const { return !sentry_trace.empty() || !traceparent.empty(); }
};

// Builds the context for incoming headers. `traceparent` counts only where the option says so and
// sentry-trace is not usable (section 4). Applies the organisation check; whenever the trace
// cannot be continued the context is a fresh one.
[[nodiscard]] Incoming incoming_context(const IncomingHeaders& headers,
                                        const ClientOptions& options, Random& random);

// May a trace of `incoming_org_id` (nothing: the baggage names none) be continued by us?
[[nodiscard]] bool may_continue(std::optional<Text> incoming_org_id, const ClientOptions& options);

// A number in [0, 1) with at most six decimals, cut off after the sixth.
[[nodiscard]] double draw_sample_rand(Random& random);

// The sample_rand of a continued trace (section 5): the incoming one if valid, else derived so
// that it agrees with the incoming decision, else drawn. Never flips `rand < rate`.
[[nodiscard]] double derive_sample_rand(const Dsc* dsc, std::optional<bool> sampled,
                                        Random& random);

// Of [0, 1) onto the numbers that say that decision at `rate`, six decimals as all of them.
[[nodiscard]] double fit_sample_rand(double drawn, double rate, bool sampled);

}  // namespace throughline
