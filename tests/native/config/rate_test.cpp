#include "throughline/config/rate.h"

#include <gtest/gtest.h>

#include <limits>

namespace throughline {
namespace {

TEST(ValidRate, TakesBothEnds) {
  EXPECT_EQ(valid_rate(0.0), 0);
  EXPECT_EQ(valid_rate(1.0), 1);
}

TEST(ValidRate, RefusesWhatIsOutsideOrNoNumber) {
  EXPECT_EQ(valid_rate(-0.1), std::nullopt);
  EXPECT_EQ(valid_rate(1.0000001), std::nullopt);
  EXPECT_EQ(valid_rate(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
  EXPECT_EQ(valid_rate(std::numeric_limits<double>::infinity()), std::nullopt);
}

TEST(ValidRate, ReadsTheLeadingNumberOfAText) {
  EXPECT_EQ(valid_rate(std::string_view{"0.5abc"}), 0.5);
  EXPECT_EQ(valid_rate(std::string_view{"abc"}), std::nullopt);
  EXPECT_EQ(valid_rate(std::string_view{"2"}), std::nullopt);
}

}  // namespace
}  // namespace throughline
