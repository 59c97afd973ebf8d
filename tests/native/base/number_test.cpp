#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

TEST(LeadingNumber, StopsWhereParseFloatStops) {
  EXPECT_EQ(leading_number("0.5abc"), 0.5);
  EXPECT_EQ(leading_number("1.5.5"), 1.5);
  EXPECT_EQ(leading_number("1e-3x"), 0.001);
  EXPECT_EQ(leading_number("5e"), 5);
  EXPECT_EQ(leading_number("5e+"), 5);
  EXPECT_EQ(leading_number("0x1"), 0);
}

TEST(LeadingNumber, NeedsADigitOnOneSideOfThePoint) {
  EXPECT_EQ(leading_number(".5"), 0.5);
  EXPECT_EQ(leading_number("1."), 1);
  EXPECT_EQ(leading_number("1.e2"), 100);
  for (const char* text : {"", " ", ".", "-", "+.", "e1", "--1", "NaN", "Infinity", "true"}) {
    EXPECT_EQ(leading_number(text), std::nullopt) << text;
  }
}

TEST(LeadingNumber, TakesSignAndWhiteSpace) {
  EXPECT_EQ(leading_number(" \n-0.25 "), -0.25);
  EXPECT_EQ(leading_number("+2E1"), 20);
}

TEST(LeadingNumber, ReadsWhatIsPrintedForADouble) {
  EXPECT_EQ(leading_number("0.6000000000000001"), 0.6000000000000001);
  EXPECT_EQ(leading_number("0.7"), 0.7);
  EXPECT_EQ(leading_number("1e-7"), 1e-7);
}

TEST(LeadingNumber, SurvivesMoreDigitsThanFit) {
  EXPECT_DOUBLE_EQ(*leading_number("0." + std::string(400, '3')), 1.0 / 3);
  EXPECT_EQ(leading_number("1" + std::string(22, '0') + "e-22"), 1);
  EXPECT_EQ(leading_number("0." + std::string(400, '0') + "1"), 0);
}

TEST(LeadingNumber, SurvivesAnyExponent) {
  EXPECT_EQ(leading_number("0e99999999999"), 0);
  EXPECT_EQ(leading_number("1e-99999999999"), 0);
  EXPECT_EQ(leading_number("1e99999999999"), std::numeric_limits<double>::infinity());
}

// The power of ten alone does not fit into a double; it used to make 0 of both.
TEST(LeadingNumber, ReadsTheSmallestNumbers) {
  EXPECT_DOUBLE_EQ(*leading_number("4.24868849521457e-297"), 4.24868849521457e-297);
  EXPECT_GT(*leading_number("1e-313"), 0);
}

TEST(LeadingNumber, TellsItsOwnText) {
  Text number;
  ASSERT_TRUE(leading_number(" 0.50e0 ;x", &number));
  EXPECT_EQ(number, "0.50e0");
}

TEST(WholePart, GivesBackEveryNumberOfSteps) {
  for (std::uint64_t n = 0; n <= 1000000; ++n) {
    ASSERT_EQ(whole_part(static_cast<double>(n) / 1e6, 1e6), n);
  }
}

TEST(WholePart, NeverGoesUp) {
  EXPECT_EQ(whole_part(std::nextafter(0.3, 0), 1e6), 299999U);
  EXPECT_EQ(whole_part(0.9999999999999999, 1e6), 999999U);
}

TEST(WholePart, IsBoundedForEveryDouble) {
  EXPECT_EQ(whole_part(std::numeric_limits<double>::quiet_NaN(), 1e6), 0U);
  EXPECT_EQ(whole_part(-1, 1), 0U);
  EXPECT_EQ(whole_part(std::numeric_limits<double>::infinity(), 1), 1000000000000000000U);
}

TEST(DecimalText, HasNoTrailingZeros) {
  EXPECT_EQ(decimal_text(0.25), "0.25");
  EXPECT_EQ(decimal_text(1), "1");
  EXPECT_EQ(decimal_text(0), "0");
  EXPECT_EQ(decimal_text(-0.0), "0");
  EXPECT_EQ(decimal_text(0.7), "0.7");
  EXPECT_EQ(decimal_text(20), "20");
}

TEST(DecimalText, PrintsEveryNumberOfMillionths) {
  for (unsigned n = 1; n < 1000000; ++n) {
    std::string expected = std::to_string(1000000 + n).replace(0, 1, "0.");
    expected.erase(expected.find_last_not_of('0') + 1);
    ASSERT_EQ(decimal_text(n / 1e6), expected);
  }
}

TEST(DecimalText, CutsOffWhatDoesNotFit) {
  EXPECT_EQ(decimal_text(0.6000000000000001), "0.6");
  EXPECT_EQ(decimal_text(0.1234569), "0.123456");
  EXPECT_EQ(decimal_text(0.9999999999999999), "0.999999");
  EXPECT_EQ(decimal_text(1e-7), "0");
}

TEST(DecimalText, IsTheShortestThatReadsBackWhenThereIsRoom) {
  EXPECT_EQ(decimal_text(0.7, 17), "0.7");
  EXPECT_EQ(decimal_text(1.0 / 3, 17), "0.3333333333333333");
  EXPECT_EQ(decimal_text(0.1 + 0.2, 17), "0.30000000000000004");
  EXPECT_EQ(decimal_text(1e-7, 17), "0.0000001");
}

}  // namespace
}  // namespace throughline
