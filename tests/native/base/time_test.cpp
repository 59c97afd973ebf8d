#include "throughline/base/time.h"

#include <gtest/gtest.h>

#include <limits>

namespace throughline {
namespace {

TEST(Iso8601, IsUtcWithMilliseconds) {
  EXPECT_EQ(iso8601(from_milliseconds(1700000000020)), "2023-11-14T22:13:20.020Z");
}

TEST(Iso8601, CutsOffWhatIsShorterThanAMillisecond) {
  EXPECT_EQ(iso8601(UnixTime{Duration{999}}), "1970-01-01T00:00:00.000Z");
}

TEST(Iso8601, CountsBackwardsBeforeTheEpoch) {
  EXPECT_EQ(iso8601(from_milliseconds(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Iso8601, KnowsLeapDays) {
  EXPECT_EQ(iso8601(from_milliseconds(1709164800000)), "2024-02-29T00:00:00.000Z");
  EXPECT_EQ(iso8601(from_milliseconds(951868799999)), "2000-02-29T23:59:59.999Z");
}

TEST(Iso8601, KnowsTheCenturiesWithoutLeapDay) {
  EXPECT_EQ(iso8601(from_milliseconds(4107542399999)), "2100-02-28T23:59:59.999Z");
  EXPECT_EQ(iso8601(from_milliseconds(4107542400000)), "2100-03-01T00:00:00.000Z");
}

TEST(Iso8601, ReachesAsFarAsTimesDo) {
  EXPECT_EQ(iso8601(from_milliseconds(4.5e12)), "2112-08-07T08:00:00.000Z");
  EXPECT_EQ(iso8601(from_milliseconds(-4.5e12)), "1827-05-27T16:00:00.000Z");
}

TEST(FromMilliseconds, RoundsToMicroseconds) {
  EXPECT_EQ(to_seconds(from_milliseconds(1700000000020.8932)), 1700000000.020893);
  EXPECT_EQ(to_seconds(from_milliseconds(1700000000020.8938)), 1700000000.020894);
}

TEST(ToSeconds, GivesBackTheMicrosecondsOfATimeInMilliseconds) {
  EXPECT_EQ(to_seconds(from_milliseconds(1700000000020.893)), 1700000000.020893);
}

// A host that wakes at the very moment it was told would otherwise come too early for ever.
TEST(ToMilliseconds, TellsATimeThatComesBackAsTheSameTime) {
  for (int i = 0; i < 1000; ++i) {
    const UnixTime time = from_milliseconds(1700000000000 + i * 0.123) + milliseconds(i * 50);
    ASSERT_EQ(from_milliseconds(to_milliseconds(time)), time) << i;
  }
}

TEST(FromTimeInput, TakesLargeNumbersForMilliseconds) {
  EXPECT_EQ(from_time_input(1700000000020), from_milliseconds(1700000000020));
}

// Users may hand in anything; durations are differences of two such times.
TEST(FromTimeInput, HoldsEveryNumberWithinTimesWhoseDifferenceExists) {
  const double infinity = std::numeric_limits<double>::infinity();
  const UnixTime last = from_time_input(infinity);
  const UnixTime first = from_time_input(-infinity);
  EXPECT_EQ(from_time_input(1e300), last);
  EXPECT_EQ(from_time_input(-1e300), first);
  EXPECT_EQ(from_time_input(std::numeric_limits<double>::quiet_NaN()), last);
  EXPECT_GT(last - first, Duration{});
  EXPECT_GT(to_seconds(last), 1700000000);
}

TEST(FromTimeInput, TakesOtherNumbersForSeconds) {
  EXPECT_EQ(from_time_input(1700000000.25), from_milliseconds(1700000000250));
  EXPECT_EQ(from_time_input(9999999999), from_milliseconds(9999999999000));
}

}  // namespace
}  // namespace throughline
