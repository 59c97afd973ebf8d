#include "throughline/base/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace throughline {
namespace {

using namespace std::string_view_literals;

template <typename Write>
std::string written(const Write& write) {
  String out;
  JsonWriter json(out);
  write(json);
  return out;
}

std::string quoted(std::string_view content) {
  return written([&](JsonWriter& json) { json.value(content); });
}

std::string number(double content) {
  return written([&](JsonWriter& json) { json.value(content); });
}

TEST(JsonText, EscapesQuotesAndBackslashes) { EXPECT_EQ(quoted(R"(a"b\c)"), R"("a\"b\\c")"); }

TEST(JsonText, EscapesControlCharactersShortWhereJsonHasAShortForm) {
  EXPECT_EQ(quoted("\b\f\n\r\t"), R"("\b\f\n\r\t")");
}

TEST(JsonText, EscapesOtherControlCharactersByNumber) {
  EXPECT_EQ(quoted("\x01\x1f"), R"("\u0001\u001f")");
  EXPECT_EQ(quoted("a\0b"sv), R"("a\u0000b")");
}

TEST(JsonText, KeepsEveryOtherCharacterAsItIs) {
  EXPECT_EQ(quoted("/\x7f \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"),
            "\"/\x7f \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}

TEST(JsonText, ReplacesAByteThatBeginsNothing) {
  EXPECT_EQ(quoted("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
}

TEST(JsonText, ReplacesASequenceThatBreaksOffOnce) {
  EXPECT_EQ(quoted("\xE2\x82z"), "\"\xEF\xBF\xBDz\"");
  EXPECT_EQ(quoted("z\xF0\x9F\x98"), "\"z\xEF\xBF\xBD\"");
}

TEST(JsonText, ReplacesEachByteOfALoneSurrogate) {
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonNumber, HasNoDecimalsWhenItIsWhole) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-7), "-7");
  EXPECT_EQ(number(9007199254740991.0), "9007199254740991");
}

TEST(JsonNumber, HoldsATimestampToTheMicrosecond) {
  EXPECT_EQ(number(1700000000.020893), "1700000000.020893");
}

TEST(JsonNumber, HasNoTrailingZeros) {
  EXPECT_EQ(number(0.25), "0.25");
  EXPECT_EQ(number(-1.5), "-1.5");
  EXPECT_EQ(number(0.1 + 0.2), "0.3");
}

TEST(JsonNumber, KeepsZerosBehindThePoint) { EXPECT_EQ(number(3.000001), "3.000001"); }

TEST(JsonNumber, IsRoundedToTheSixthDecimal) {
  EXPECT_EQ(number(1e-7), "0");
  EXPECT_EQ(number(0.0000006), "0.000001");
  EXPECT_EQ(number(1.9999999), "2");
}

TEST(JsonNumber, EndsAtTheLargestOneWithTwentyDigits) {
  EXPECT_EQ(number(1e21), "18446744073709549568");
  EXPECT_EQ(number(-1e21), "-18446744073709549568");
}

TEST(JsonNumber, IsNullWhenThereIsNone) {
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWriter, TakesALiteralForAText) {
  EXPECT_EQ(written([](JsonWriter& json) { json.value("no"); }), "\"no\"");
}

TEST(JsonWriter, WritesBooleansAsWords) {
  EXPECT_EQ(written([](JsonWriter& json) { json.open_array().value(true).value(false); }),
            "[true,false");
}

TEST(JsonWriter, WritesAnIdAsItsHexText) {
  const SpanId id = parse_span_id("00f067aa0ba902b7").value_or(SpanId{});
  EXPECT_EQ(written([&](JsonWriter& json) { json.value(id); }), "\"00f067aa0ba902b7\"");
}

TEST(JsonWriter, SeparatesMembersAndEntries) {
  const std::string object = written([](JsonWriter& json) {
    json.open_object().member("a", 1.0).key("b").open_array().value(1.0).value("x");
    json.open_object().close_object().close_array().key("c").value(true).close_object();
  });
  EXPECT_EQ(object, R"({"a":1,"b":[1,"x",{}],"c":true})");
}

TEST(JsonWriter, SeparatesWhatFollowsAnEmptyObject) {
  const std::string object = written([](JsonWriter& json) {
    json.open_object().key("a").open_object().close_object();
    json.key("b").open_array().close_array().member("c", 1.0).close_object();
  });
  EXPECT_EQ(object, R"({"a":{},"b":[],"c":1})");
}

TEST(JsonWriter, IsNotMisledByATextThatEndsLikeAnOpening) {
  const std::string object = written([](JsonWriter& json) {
    json.open_object().member("a", "{").member("b", "[").member("c", ":").close_object();
  });
  EXPECT_EQ(object, R"({"a":"{","b":"[","c":":"})");
}

TEST(JsonWriter, PutsReadyTextBetweenItsOwnValues) {
  const std::string array = written([](JsonWriter& json) {
    json.open_array().value(1.0).raw(R"({"k":[1e-9]})").value(2.0).close_array();
  });
  EXPECT_EQ(array, R"([1,{"k":[1e-9]},2])");
}

TEST(JsonWriter, LeavesAnEmptyTextOutWhereAsked) {
  const std::string object = written([](JsonWriter& json) {
    json.open_object().text_if_any("a", "").text_if_any("b", "x").close_object();
  });
  EXPECT_EQ(object, R"({"b":"x"})");
}

TEST(JsonWriter, EscapesKeysThatAreNoLiterals) {
  const std::string object = written(
      [](JsonWriter& json) { json.open_object().key(Text{"a\"\n"}).value(1.0).close_object(); });
  EXPECT_EQ(object, R"({"a\"\n":1})");
}

TEST(JsonWriter, BeginsAfterAnEarlierLineWithoutAComma) {
  String out{"{}\n"};
  JsonWriter(out).open_object().close_object();
  EXPECT_EQ(out, "{}\n{}");
}

}  // namespace
}  // namespace throughline
