#include "throughline/trace/dynamic_sampling_context.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

const TraceId kTraceId = *parse_trace_id("771a43a4192642f0b136d5159a501700");

ClientOptions client() {
  ClientOptions options;
  options.dsn = *parse_dsn("https://pub@o42.ingest.example.io/7");
  options.release = "app@1.0";
  return options;
}

TEST(MakeDsc, WritesItsMembersInOrder) {
  const RootFacts root{"/users/:id", true, 0.25, 0.5};
  EXPECT_EQ(format_dsc(make_dsc(client(), kTraceId, &root)),
            "sentry-environment=production,sentry-release=app%401.0,sentry-public_key=pub,"
            "sentry-trace_id=771a43a4192642f0b136d5159a501700,sentry-org_id=42,"
            "sentry-transaction=%2Fusers%2F%3Aid,sentry-sampled=true,sentry-sample_rand=0.25,"
            "sentry-sample_rate=0.5");
}

TEST(MakeDsc, HasTheFirstFiveMembersWithoutARoot) {
  EXPECT_EQ(format_dsc(make_dsc(client(), kTraceId, nullptr)),
            "sentry-environment=production,sentry-release=app%401.0,sentry-public_key=pub,"
            "sentry-trace_id=771a43a4192642f0b136d5159a501700,sentry-org_id=42");
}

TEST(MakeDsc, LeavesOutWhatIsNotKnown) {
  const RootFacts root{"", false, 0.25, std::nullopt};
  EXPECT_EQ(format_dsc(make_dsc({}, kTraceId, &root)),
            "sentry-environment=production,sentry-trace_id=771a43a4192642f0b136d5159a501700,"
            "sentry-sampled=false,sentry-sample_rand=0.25");
}

// Six decimals are for sample_rand; a rate below a millionth used to be at risk of going out
// as 0.
TEST(MakeDsc, WritesTheRateAsItWasGiven) {
  const RootFacts root{"", true, 0, 0.0000001};
  EXPECT_EQ(make_dsc({}, kTraceId, &root).get("sample_rate"), "0.0000001");
}

TEST(DscOfRoot, LeavesAFrozenOneAloneWithoutALocalRate) {
  Dsc frozen;
  frozen.set("release", "up");
  const RootFacts root{"name", true, 0.25, std::nullopt};
  EXPECT_EQ(dsc_of_root(client(), kTraceId, frozen, root), frozen);
  EXPECT_TRUE(dsc_of_root(client(), kTraceId, Dsc{}, root).empty());
}

TEST(DscOfRoot, WritesALocalRateIntoAFrozenOne) {
  Dsc frozen;
  frozen.set("sample_rate", "0.1");
  frozen.set("release", "up");
  const RootFacts root{"name", true, 0.25, 0.7};
  EXPECT_EQ(format_dsc(dsc_of_root(client(), kTraceId, frozen, root)),
            "sentry-sample_rate=0.7,sentry-release=up");
}

}  // namespace
}  // namespace throughline
