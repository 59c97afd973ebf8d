#include "throughline/base/text_ops.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

std::string encoded(std::string_view text) {
  String out;
  append_uri_component(out, text);
  return out;
}

TEST(HexValue, CountsUpperCaseToo) {
  EXPECT_EQ(hex_value('0'), 0);
  EXPECT_EQ(hex_value('f'), 15);
  EXPECT_EQ(hex_value('A'), 10);
}

TEST(HexValue, IsMinusOneNextToTheDigits) {
  for (const char c : {'/', ':', '@', 'G', '`', 'g', '\0', '\xE1'}) EXPECT_EQ(hex_value(c), -1);
}

TEST(Trim, TakesAwayTheFiveAsciiWhiteSpaces) { EXPECT_EQ(trim(" \t\n\f\ra b\r\f\n\t "), "a b"); }

TEST(Trim, LeavesVerticalTabAndNul) {
  EXPECT_EQ(trim("\va\v"), "\va\v");
  EXPECT_EQ(trim(std::string_view("\0", 1)), std::string_view("\0", 1));
}

TEST(Trim, OfWhiteSpaceAloneIsEmpty) { EXPECT_EQ(trim(" \n "), ""); }

TEST(TrimBlanks, LeavesLineBreaks) { EXPECT_EQ(trim_blanks("\t \na\r "), "\na\r"); }

TEST(Cut, SplitsAtTheFirstSeparator) {
  Text rest = "a=b=c";
  EXPECT_EQ(cut(rest, '='), "a");
  EXPECT_EQ(rest, "b=c");
}

TEST(Cut, WithoutSeparatorTakesEverything) {
  Text rest = "abc";
  EXPECT_EQ(cut(rest, ','), "abc");
  EXPECT_EQ(rest, "");
  EXPECT_EQ(cut(rest, ','), "");
}

TEST(EqualsIgnoringCase, IsAboutAsciiLettersOnly) {
  EXPECT_TRUE(equals_ignoring_case("O1.Example.io", "o1.example.IO"));
  EXPECT_FALSE(equals_ignoring_case("a", "ab"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));
}

TEST(AppendUnsigned, WritesTheLargestNumber) {
  String out{"n="};
  append_unsigned(out, 18446744073709551615U);
  EXPECT_EQ(out, "n=18446744073709551615");
}

TEST(AppendUnsigned, WritesZero) {
  String out;
  append_unsigned(out, 0);
  EXPECT_EQ(out, "0");
}

TEST(AppendUriComponent, LeavesTheUnreservedCharacters) {
  EXPECT_EQ(encoded("AZaz09-_.!~*'()"), "AZaz09-_.!~*'()");
}

TEST(AppendUriComponent, WritesUpperCaseDigits) {
  EXPECT_EQ(encoded(" %/@é😀"), "%20%25%2F%40%C3%A9%F0%9F%98%80");
}

TEST(AppendUriComponent, ReplacesIllFormedParts) { EXPECT_EQ(encoded("x\xFFy"), "x%EF%BF%BDy"); }

TEST(PercentDecode, TakesBothCases) { EXPECT_EQ(percent_decode("%c3%A9+"), "é+"); }

TEST(PercentDecode, RefusesAPercentSignWithoutTwoDigits) {
  for (const char* text : {"%", "a%2", "%zz", "%2g", "100%"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
}

TEST(PercentDecode, KeepsAByteOrderMark) {
  EXPECT_EQ(percent_decode("%EF%BB%BFa"),
            "\xEF\xBB\xBF"
            "a");
}

TEST(PercentDecode, DecodesOnce) { EXPECT_EQ(percent_decode("%2525"), "%25"); }

// The numbers of replacement characters are those of the Encoding Standard's decoder.
TEST(WellFormedUtf8, ReplacesEachMaximalPartOnce) {
  EXPECT_EQ(well_formed_utf8("\xE0\xA4"), "\uFFFD");
  EXPECT_EQ(well_formed_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(well_formed_utf8("\xF0\x9F\x98(\x80"), "\uFFFD(\uFFFD");
  EXPECT_EQ(well_formed_utf8("\xC3(\xC0\xAF"), "\uFFFD(\uFFFD\uFFFD");
  EXPECT_EQ(well_formed_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(well_formed_utf8("\xF8"), "\uFFFD");
}

TEST(WellFormedUtf8, LeavesTheEndsOfEachLength) {
  const std::string_view text = "\x7F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF";
  EXPECT_EQ(well_formed_utf8(text), text);
}

}  // namespace
}  // namespace throughline
