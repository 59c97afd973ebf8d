#include "throughline/trace/sampling.h"

#include <gtest/gtest.h>

// Single decisions are rows of tests/cases/sampling.json.
namespace throughline {
namespace {

ClientOptions with_rate(std::optional<double> rate) {
  ClientOptions options;
  options.traces_sample_rate_given = true;
  options.traces_sample_rate = rate;
  return options;
}

TEST(DecideSampling, IgnoresTheParentWhenTracingIsOff) {
  const SamplingDecision decision = decide_sampling({}, {.parent_sampled = true});
  EXPECT_FALSE(decision.sampled);
  EXPECT_EQ(decision.rate, std::nullopt);
}

TEST(DecideSampling, PutsTheSamplerBeforeTheParent) {
  const SamplingDecision decision = decide_sampling(
      with_rate(1), {.parent_sampled = true, .sample_rand = 0.5, .sampler_rate = {{0.25}}});
  EXPECT_FALSE(decision.sampled);
  EXPECT_EQ(decision.rate, 0.25);
  EXPECT_TRUE(decision.local_rate_applied);
}

TEST(DecideSampling, DoesNotSampleOnAnInvalidRateOfTheSampler) {
  SamplingInput input{.parent_sampled = true};
  input.sampler_rate.emplace(std::nullopt);
  const SamplingDecision decision = decide_sampling(with_rate(1), input);
  EXPECT_FALSE(decision.sampled);
  EXPECT_FALSE(decision.local_rate_applied);
}

TEST(DecideSampling, PutsTheParentBeforeTheRate) {
  const SamplingDecision decision =
      decide_sampling(with_rate(0), {.parent_sampled = true, .sample_rand = 0.9});
  EXPECT_TRUE(decision.sampled);
  EXPECT_FALSE(decision.local_rate_applied);
}

TEST(DecideSampling, SamplesBelowTheRateOnly) {
  EXPECT_TRUE(decide_sampling(with_rate(0.5), {.sample_rand = 0.499999}).sampled);
  EXPECT_FALSE(decide_sampling(with_rate(0.5), {.sample_rand = 0.5}).sampled);
  EXPECT_FALSE(decide_sampling(with_rate(0), {.sample_rand = 0}).sampled);
}

}  // namespace
}  // namespace throughline
