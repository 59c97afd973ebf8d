#include "throughline/export/typed_value.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

// Attribute values of streamed spans (envelope.md section 8, the table of types).
namespace throughline {
namespace {

std::string typed(const AttributeValue& value) { return typed_value(value); }
std::string typed_json(const char* json) { return typed({AttributeType::Json, json, 0}); }
std::string typed_number(double number) { return typed(AttributeValue::of(number)); }

TEST(TypedValue, OfATextIsAString) {
  EXPECT_EQ(typed(AttributeValue::of(Text{"a\"b"})), R"({"value":"a\"b","type":"string"})");
  EXPECT_EQ(typed_json(R"("a")"), R"({"value":"a","type":"string"})");
}

TEST(TypedValue, OfABooleanIsABoolean) {
  EXPECT_EQ(typed({AttributeType::Boolean, {}, 1}), R"({"value":true,"type":"boolean"})");
  EXPECT_EQ(typed_json("false"), R"({"value":false,"type":"boolean"})");
}

TEST(TypedValue, OfAWholeNumberIsAnInteger) {
  EXPECT_EQ(typed_number(-2), R"({"value":-2,"type":"integer"})");
  EXPECT_EQ(typed_json("12345678901"), R"({"value":12345678901,"type":"integer"})");
}

TEST(TypedValue, OfAnotherNumberIsADouble) {
  EXPECT_EQ(typed_number(1.5), R"({"value":1.5,"type":"double"})");
  EXPECT_EQ(typed_json("1e-7"), R"({"value":1e-7,"type":"double"})");
}

TEST(TypedValue, BeyondSixtyFourBitsIsADouble) {
  EXPECT_EQ(typed_json("9223372036854775807"), R"({"value":9223372036854775807,"type":"integer"})");
  EXPECT_EQ(typed_json("9223372036854775808"), R"({"value":9223372036854775808,"type":"double"})");
  EXPECT_EQ(typed_json("-10000000000000000000"),
            R"({"value":-10000000000000000000,"type":"double"})");
  EXPECT_EQ(typed_json("1e+21"), R"({"value":1e+21,"type":"double"})");
}

TEST(TypedValue, OfAListIsAnArray) {
  EXPECT_EQ(typed_json(R"(["a",1])"), R"({"value":["a",1],"type":"array"})");
}

TEST(TypedValue, OfAnObjectIsThatOfItsValueWithTheUnit) {
  EXPECT_EQ(typed_json(R"({"value":3,"unit":"ms"})"),
            R"({"value":3,"type":"integer","unit":"ms"})");
  EXPECT_EQ(typed_json(R"({"unit":"a\"}","x":{"value":[1]},"value":"v"})"),
            R"({"value":"v","type":"string","unit":"a\"}"})");
}

TEST(TypedValue, KeepsNoUnitThatIsNoText) {
  EXPECT_EQ(typed_json(R"({"value":3,"unit":4})"), R"({"value":3,"type":"integer"})");
}

TEST(TypedValue, IsNothingWhereThereIsNoType) {
  EXPECT_EQ(typed_json("null"), "");
  EXPECT_EQ(typed_json("{}"), "");
  EXPECT_EQ(typed_json(R"({"unit":"ms"})"), "");
  EXPECT_EQ(typed_json(R"({"value":{"value":1}})"), "");
  EXPECT_EQ(typed_json(""), "");
  EXPECT_EQ(typed_number(std::numeric_limits<double>::infinity()), "");
  EXPECT_EQ(typed_number(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(Members, AreVisitedInTheirOrder) {
  std::vector<std::pair<std::string, std::string>> seen;
  each_member(R"({"a":1,"b,":{"c":[1,2]},"d":"}"})",
              [&](Text key, Text value) { seen.emplace_back(key, value); });
  const std::vector<std::pair<std::string, std::string>> all = {
      {R"("a":)", "1"}, {R"("b,":)", R"({"c":[1,2]})"}, {R"("d":)", R"("}")"}};
  EXPECT_EQ(seen, all);
}

TEST(Members, OfWhatIsNoObjectAreNone) {
  for (const char* text : {"", "[1]", "{", "{}", "\"a\"", "{\"", "{\"a", "{\"a\"", "{\"a\":"}) {
    each_member(text, [&](Text, Text value) { EXPECT_EQ(std::string{value}, "") << text; });
  }
}

}  // namespace
}  // namespace throughline
