#include "throughline/wire/sentry_trace.h"

#include <gtest/gtest.h>

#include "support/examples.h"

// The rules of the grammar are rows of tests/cases/sentry-trace.json.
namespace throughline {
namespace {

const std::string kTraceText = kTrace;
const std::string kSpanText = kSpan;

TEST(ParseSentryTrace, TellsADeferredDecisionFromANegativeOne) {
  EXPECT_EQ(parse_sentry_trace(kTraceText + "-" + kSpanText)->sampled, std::nullopt);
  EXPECT_EQ(parse_sentry_trace(kTraceText + "-" + kSpanText + "-0")->sampled, false);
}

TEST(ParseSentryTrace, GivesAZeroSpanIdWhenNoneArrived) {
  const std::optional<RemoteParent> parent = parse_sentry_trace(kTraceText + "-1");
  ASSERT_TRUE(parent);
  EXPECT_TRUE(parent->span_id.is_zero());
  EXPECT_EQ(parent->sampled, true);
}

TEST(ParseSentryTrace, RefusesEveryProperPrefixOfATraceId) {
  for (std::size_t size = 0; size < kTraceText.size(); ++size) {
    EXPECT_FALSE(parse_sentry_trace(kTraceText.substr(0, size))) << size;
  }
}

TEST(ParseSentryTrace, DoesNotTakeNulForTheEnd) {
  EXPECT_FALSE(parse_sentry_trace(kTraceText + "-" + kSpanText + "-1" + std::string(1, '\0')));
}

TEST(FormatSentryTrace, IsReadBackAsItWas) {
  for (const std::optional<bool> sampled : {std::optional<bool>{}, {true}, {false}}) {
    const RemoteParent parent{*parse_trace_id(kTraceText), *parse_span_id(kSpanText), sampled};
    EXPECT_EQ(parse_sentry_trace(format_sentry_trace(parent.trace_id, parent.span_id, sampled)),
              parent);
  }
}

TEST(FormatSentryTrace, WritesNoFlagForADeferredDecision) {
  EXPECT_EQ(
      format_sentry_trace(*parse_trace_id(kTraceText), *parse_span_id(kSpanText), std::nullopt),
      "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7");
}

}  // namespace
}  // namespace throughline
