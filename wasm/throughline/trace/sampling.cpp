#include "throughline/trace/sampling.h"

namespace throughline {

SamplingDecision decide_sampling(const ClientOptions& options, const SamplingInput& input) {
  if (!options.tracing_enabled()) return {};
  SamplingDecision decision;
  if (input.sampler_rate) {
    decision.rate = *input.sampler_rate;
    decision.reason = Reason::TracesSampler;
  } else if (input.parent_sampled) {
    decision.rate = *input.parent_sampled ? 1 : 0;
    decision.reason = Reason::ParentDecision;
  } else {
    decision.rate = options.traces_sample_rate;
    decision.reason = Reason::TracesSampleRate;
  }
  if (!decision.rate) {
    // Thrown, and no other rate to fall back to (section 7.3).
    const bool nothing_else = input.sampler_threw && !options.traces_sample_rate_given;
    decision.reason = nothing_else ? Reason::SamplerThrew : Reason::InvalidRate;
    return decision;
  }
  decision.local_rate_applied = input.sampler_rate || !input.parent_sampled;
  decision.sampled = input.sample_rand < *decision.rate;
  return decision;
}

}  // namespace throughline
