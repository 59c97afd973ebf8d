#include "throughline/wire/baggage.h"

#include <gtest/gtest.h>

// Rows about single headers stand in tests/cases/baggage.json.
namespace throughline {
namespace {

Members members(std::string_view text) {
  Members found;
  parse_baggage(text, found);
  return found;
}

TEST(Members, KeepTheFirstPlaceOfAKeySetAgain) {
  Members map;
  map.set("a", "1");
  map.set("b", "2");
  map.set("a", "3");
  EXPECT_EQ(format_members(map), "a=3,b=2");
}

TEST(Members, HaveNothingForAnUnknownKey) { EXPECT_EQ(Members{}.get("a"), std::nullopt); }

TEST(ParseBaggage, LetsLaterHeadersOverrideEarlierOnes) {
  Members found;
  parse_baggage("a=1,b=2", found);
  parse_baggage("a=3", found);
  EXPECT_EQ(found, members("a=3,b=2"));
}

TEST(ParseBaggage, EndsAMemberAtItsFirstSemicolon) {
  EXPECT_TRUE(members("a;b=1").empty());
  EXPECT_EQ(members("a=1;b=2").get("a"), "1");
}

TEST(DscOf, TakesThePrefixFromTheDecodedKey) {
  EXPECT_EQ(dsc_of(members("sentry%2Drelease=1"))->get("release"), "1");
}

TEST(DscOf, IsNothingWithoutMembersOfOurs) { EXPECT_EQ(dsc_of(members("a=1")), std::nullopt); }

TEST(FormatDsc, LeavesOutEmptyValues) {
  Dsc dsc;
  dsc.set("release", "");
  dsc.set("environment", "x y");
  EXPECT_EQ(format_dsc(dsc), "sentry-environment=x%20y");
}

TEST(FormatDsc, SkipsWhatDoesNotFitAndGoesOn) {
  Dsc dsc;
  dsc.set("a", std::string(kMaxBaggageBytes, 'x'));
  dsc.set("b", "1");
  EXPECT_EQ(format_dsc(dsc), "sentry-b=1");
}

TEST(FormatDsc, FillsAllBytesThereAre) {
  Dsc dsc;
  dsc.set("a", std::string(kMaxBaggageBytes - 9, 'x'));
  EXPECT_EQ(format_dsc(dsc).size(), kMaxBaggageBytes);
  dsc.set("a", std::string(kMaxBaggageBytes - 8, 'x'));
  EXPECT_EQ(format_dsc(dsc), "");
}

TEST(AppendBaggage, KeepsTheirsWhenBothWouldBeTooLong) {
  const std::string ours = "sentry-a=1";
  const std::string fits = "k=" + std::string(kMaxBaggageBytes - ours.size() - 3, 'x');
  EXPECT_EQ(append_baggage(fits, ours), fits + "," + ours);
  EXPECT_EQ(append_baggage(fits + "x", ours), fits + "x");
}

TEST(AppendBaggage, KeepsTheirsWhenBothWouldHaveTooManyMembers) {
  std::string existing = "k=v";
  for (std::size_t count = 1; count < kMaxBaggageMembers - 1; ++count) existing += ",k=v";
  EXPECT_EQ(append_baggage(existing, "sentry-a=1"), existing + ",sentry-a=1");
  EXPECT_EQ(append_baggage(existing, "sentry-a=1,sentry-b=2"), existing);
}

TEST(AppendBaggage, DoesNotCountEmptyMembers) {
  const std::string existing = "k=v" + std::string(kMaxBaggageMembers, ',');
  EXPECT_EQ(append_baggage(existing, "sentry-a=1"), existing + ",sentry-a=1");
}

}  // namespace
}  // namespace throughline
