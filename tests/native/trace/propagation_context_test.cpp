#include "throughline/trace/propagation_context.h"

#include <gtest/gtest.h>

#include "support/fixed_random.h"
#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

constexpr std::string_view kUndecided = "771a43a4192642f0b136d5159a501700-7b6f1e2d3c4a5968";

Dsc one(std::string_view key, std::string_view value) {
  Dsc dsc;
  dsc.set(key, value);
  return dsc;
}

double derived(std::string_view rate, bool sampled, std::uint32_t drawn) {
  FixedRandom random({FixedRandom::sample_rand(drawn)});
  const Dsc dsc = one("sample_rate", rate);
  return derive_sample_rand(&dsc, sampled, random);
}

// The text of sample_rand that goes on with a trace whose baggage had `incoming`.
std::string passed_on(std::string_view incoming) {
  FixedRandom random;
  const Incoming found =
      incoming_context({kUndecided, format_dsc(one("sample_rand", incoming)), {}}, {}, random);
  return std::string{found.context.dsc->get("sample_rand").value_or("none")};
}

TEST(DrawSampleRand, IsTheTopOfABigEndianNumberInMillionths) {
  FixedRandom random({0x8000000000000000, 0xFFFFFFFFFFFFFFFF, 0, 0x00000000FFFFFFFF});
  EXPECT_EQ(draw_sample_rand(random), 0.5);
  EXPECT_EQ(draw_sample_rand(random), 0.999999);
  EXPECT_EQ(draw_sample_rand(random), 0);
  EXPECT_EQ(draw_sample_rand(random), 0);
}

TEST(DrawSampleRand, IsExactAtTheEdgeOfAStep) {
  for (const std::uint32_t step : {1U, 100000U, 333333U, 999999U}) {
    const std::uint64_t word = FixedRandom::sample_rand(step);
    FixedRandom random({word, word - 1});
    EXPECT_EQ(draw_sample_rand(random), step / 1e6);
    EXPECT_EQ(draw_sample_rand(random), (step - 1) / 1e6);
  }
}

TEST(FreshContext, HasATraceIdAndASampleRandAndNothingElse) {
  FixedRandom random({0x0123456789ABCDEF, 0xFEDCBA9876543210, FixedRandom::sample_rand(250000)});
  const PropagationContext context = fresh_context(random);
  EXPECT_EQ(to_hex(context.trace_id), "0123456789ab4defbedcba9876543210");
  EXPECT_EQ(context.sample_rand, 0.25);
  EXPECT_EQ(context.sampled, std::nullopt);
  EXPECT_TRUE(context.parent_span_id.is_zero());
  EXPECT_TRUE(context.propagation_span_id.is_zero());
  EXPECT_EQ(context.dsc, std::nullopt);
}

TEST(IncomingContext, SaysWhyATraceWasNotContinued) {
  FixedRandom random;
  ClientOptions options;
  options.org_id = "1";
  EXPECT_EQ(incoming_context({"", "a=1", {}}, options, random).continuation, Continuation::Absent);
  EXPECT_EQ(incoming_context({"x", "a=1", {}}, options, random).continuation,
            Continuation::Malformed);
  EXPECT_EQ(incoming_context({kUndecided, "sentry-org_id=2", {}}, options, random).continuation,
            Continuation::Organisation);
  EXPECT_EQ(incoming_context({kUndecided, "sentry-org_id=1", {}}, options, random).continuation,
            Continuation::Continued);
}

TEST(IncomingContext, IgnoresBaggageOfAMalformedHeader) {
  FixedRandom random;
  EXPECT_EQ(incoming_context({"x", "sentry-release=1", {}}, {}, random).context.dsc, std::nullopt);
}

TEST(IncomingContext, PassesAnIncomingSampleRandOnToTheLastDigit) {
  EXPECT_EQ(passed_on("0.12345678901234567"), "0.12345678901234567");
  EXPECT_EQ(passed_on("0.50"), "0.50");
  EXPECT_EQ(passed_on("1e-7"), "1e-7");
  EXPECT_EQ(passed_on("0.5abc"), "0.5");
}

TEST(IncomingContext, ReplacesAnUnusableSampleRand) {
  EXPECT_EQ(passed_on("abc"), "0");
  EXPECT_EQ(passed_on("1.5"), "0");
}

TEST(MayContinue, TreatsAnEmptyIdAsAbsent) {
  ClientOptions options;
  EXPECT_TRUE(may_continue("", options));
  options.strict_trace_continuation = true;
  EXPECT_TRUE(may_continue("", options));
  EXPECT_FALSE(may_continue("1", options));
}

TEST(DeriveSampleRand, TakesAnIncomingValueAsItIs) {
  FixedRandom random;
  const Dsc dsc = one("sample_rand", "0.3");
  EXPECT_EQ(derive_sample_rand(&dsc, true, random), 0.3);
}

TEST(DeriveSampleRand, DrawsWithoutADecisionOrARate) {
  FixedRandom random({FixedRandom::sample_rand(500000), FixedRandom::sample_rand(500000)});
  const Dsc dsc = one("sample_rate", "0.2");
  EXPECT_EQ(derive_sample_rand(&dsc, std::nullopt, random), 0.5);
  EXPECT_EQ(derive_sample_rand(nullptr, true, random), 0.5);
}

TEST(DeriveSampleRand, AgreesWithTheDecisionAndFitsSixDecimals) {
  for (const char* rate : {"0.000001", "0.1", "0.333333333", "0.7", "0.999999", "1"}) {
    for (const std::uint32_t drawn : {0U, 1U, 499999U, 999999U}) {
      const double number = *leading_number(rate);
      const double sampled = derived(rate, true, drawn);
      EXPECT_LT(sampled, number) << rate << ' ' << drawn;
      EXPECT_EQ(leading_number(decimal_text(sampled)), sampled);
      const double unsampled = derived(rate, false, drawn);
      EXPECT_GE(unsampled, number < 1 ? number : 0.999999) << rate << ' ' << drawn;
      EXPECT_LT(unsampled, 1);
      EXPECT_EQ(leading_number(decimal_text(unsampled)), unsampled);
    }
  }
}

}  // namespace
}  // namespace throughline
