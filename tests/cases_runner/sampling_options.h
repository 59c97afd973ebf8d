// What the cases about sampling share: options, samplers and randomness as a case tells them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cases_runner/families.h"
#include "throughline/config/options.h"

namespace throughline::cases {

// Options by their names on the outside, through the core's own reader. null counts as absent.
ClientOptions client_options(const Json& options);

// What a host hands over after it called the sampler that a case describes: {returns: x},
// {inheritOrSampleWith: fallback} or {throws}. Nothing without a sampler, or when it threw.
std::optional<std::optional<double>> sampler_rate(const Json& sampler,
                                                  std::optional<bool> parent_sampled,
                                                  std::optional<double> parent_sample_rate);

// Random words from which the core draws `value`, whatever else it makes before.
std::vector<std::uint64_t> next_random(double value);

// The group "dsc": needs spans and stands in a file of its own.
Outcome run_dsc(const Json& in, const Json& out);

}  // namespace throughline::cases
