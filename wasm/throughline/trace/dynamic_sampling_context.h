// Making and freezing dynamic sampling contexts.
//
// Spec: propagation.md section 6.
#pragma once

#include <optional>

#include "throughline/base/text.h"
#include "throughline/config/options.h"
#include "throughline/trace/propagation_context.h"
#include "throughline/wire/baggage.h"

namespace throughline {

// What a DSC tells of a root span. Names of source `url` are withheld by the caller: `name` is
// empty then (section 6.2).
struct RootFacts {
  Text name;
  bool sampled = false;
  double sample_rand = 0;
  std::optional<double> sample_rate;  // sentry.sample_rate, else the previous trace's
};

// A DSC of our own: environment, release, public_key, trace_id, org_id, transaction, sampled,
// sample_rand, sample_rate, each only where known, in this order. `root` null: no root span or
// tracing off (the first five only).
[[nodiscard]] Dsc make_dsc(const ClientOptions& options, const TraceId& trace_id,
                           const RootFacts* root);

// The DSC that goes out with a root span: the frozen one, into which a locally applied rate is
// written, else one of our own.
[[nodiscard]] Dsc dsc_of_root(const ClientOptions& options, const TraceId& trace_id,
                              const std::optional<Dsc>& frozen, const RootFacts& root);

// The DSC that goes out with a scope in which no span is active: the frozen one, else one of our
// own without a root.
[[nodiscard]] Dsc dsc_of_scope(const ClientOptions& options, const PropagationContext& context);

}  // namespace throughline
