// The decision whether a root span is recorded.
//
// Spec: propagation.md section 7.3.
#pragma once

#include <optional>

#include "throughline/base/reason.h"
#include "throughline/config/options.h"

namespace throughline {

struct SamplingInput {
  std::optional<bool> parent_sampled{};
  double sample_rand = 0;
  // What tracesSampler returned, if one is set and it returned: an invalid rate is an empty
  // inner value. Nothing: no sampler, or it threw.
  std::optional<std::optional<double>> sampler_rate{};
  bool sampler_threw = false;
};

struct SamplingDecision {
  bool sampled = false;
  std::optional<double> rate;       // the rate that decided, 1 or 0 for a parent's decision
  bool local_rate_applied = false;  // then `sentry.sample_rate` is set on the root
  Reason reason = Reason::TracingOff;
};

[[nodiscard]] SamplingDecision decide_sampling(const ClientOptions& options,
                                               const SamplingInput& input);

}  // namespace throughline
