#include "throughline/wire/outgoing_baggage.h"

#include <gtest/gtest.h>

#include <string>

#include "throughline/wire/baggage.h"

namespace throughline {
namespace {

constexpr char kOurs[] = "sentry-release=2,sentry-trace_id=b";

TEST(MergeOutgoingBaggage, IsOursWhereTheApplicationSetNone) {
  EXPECT_EQ(merge_outgoing_baggage("", kOurs), kOurs);
}

TEST(MergeOutgoingBaggage, IsEmptyWhereThereIsNothing) {
  EXPECT_EQ(merge_outgoing_baggage("", ""), "");
}

TEST(MergeOutgoingBaggage, LetsOursFollowForeignMembers) {
  EXPECT_EQ(merge_outgoing_baggage("a=1,b=2", "sentry-release=2"), "a=1,b=2,sentry-release=2");
}

TEST(MergeOutgoingBaggage, KeepsOrderSpellingPropertiesAndDuplicatesOfForeignMembers) {
  const std::string foreign = "b=%7e;p=1;q,A = x y ,b=\"2\",no-value,Sentry-x=1";
  EXPECT_EQ(merge_outgoing_baggage(foreign, "sentry-release=2"),
            "b=%7e;p=1;q,A = x y,b=\"2\",no-value,Sentry-x=1,sentry-release=2");
}

TEST(MergeOutgoingBaggage, ReplacesTheSentryMembersOfTheApplication) {
  EXPECT_EQ(merge_outgoing_baggage("sentry-release=1,a=1,sentry-sampled=true;p=1,sentry-x", kOurs),
            std::string("a=1,") + kOurs);
}

TEST(MergeOutgoingBaggage, TakesAMemberForSentrysWhoseDecodedKeyIs) {
  EXPECT_EQ(merge_outgoing_baggage("sentry%2Drelease=1,%73entry-x=1;p,a=sentry-", kOurs),
            std::string("a=sentry-,") + kOurs);
}

TEST(MergeOutgoingBaggage, DropsSentryMembersAlsoWhereThereIsNothingOfOurs) {
  EXPECT_EQ(merge_outgoing_baggage("sentry-release=1,a=1", ""), "a=1");
  EXPECT_EQ(merge_outgoing_baggage("sentry-release=1", ""), "");
}

TEST(MergeOutgoingBaggage, MakesOneHeaderOfSeveralLines) {
  EXPECT_EQ(merge_outgoing_baggage("a=1, sentry-x=1 ,,\tb=2 , ", "sentry-release=2"),
            "a=1,b=2,sentry-release=2");
}

TEST(MergeOutgoingBaggage, FillsAllBytesThereAre) {
  const std::string ours = "sentry-release=2";
  const std::string fits = "a=" + std::string(kMaxBaggageBytes - 3 - ours.size(), 'x');
  EXPECT_EQ(merge_outgoing_baggage(fits, ours), fits + "," + ours);
}

TEST(MergeOutgoingBaggage, LeavesOursOutAboveTheBytes) {
  const std::string long_one = "a=" + std::string(kMaxBaggageBytes - 18, 'x');
  EXPECT_EQ(merge_outgoing_baggage(long_one, "sentry-release=2"), long_one);
  EXPECT_EQ(merge_outgoing_baggage("sentry-x=1," + long_one, "sentry-release=2"), long_one);
}

TEST(MergeOutgoingBaggage, FillsAllMembersThereAre) {
  std::string foreign = "m=0";
  for (std::size_t i = 2; i < kMaxBaggageMembers; ++i) foreign += ",m=0";
  EXPECT_EQ(merge_outgoing_baggage(foreign, "sentry-x=2"), foreign + ",sentry-x=2");
}

TEST(MergeOutgoingBaggage, LeavesOursOutAboveTheMembers) {
  std::string foreign = "m=0";
  for (std::size_t i = 1; i < kMaxBaggageMembers; ++i) foreign += ",m=0";
  EXPECT_EQ(merge_outgoing_baggage(foreign, "sentry-x=2"), foreign);
}

}  // namespace
}  // namespace throughline
