#include "throughline/trace/sampling.h"

namespace throughline {

SamplingDecision decide_sampling(const ClientOptions& options, const SamplingInput& input) {
  if (!options.tracing_enabled()) return {};
  SamplingDecision decision;
  if (input.sampler_rate) {
    decision.rate = *input.sampler_rate;
  } else if (input.parent_sampled) {
    decision.rate = *input.parent_sampled ? 1 : 0;
  } else {
    decision.rate = options.traces_sample_rate;
  }
  if (!decision.rate) return decision;
  decision.local_rate_applied = input.sampler_rate || !input.parent_sampled;
  decision.sampled = input.sample_rand < *decision.rate;
  return decision;
}

}  // namespace throughline
