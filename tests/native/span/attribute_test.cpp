#include "throughline/span/attribute.h"

#include <gtest/gtest.h>

#include <string>

namespace throughline {
namespace {

struct Attributes : testing::Test {
  void set(std::string_view key, const AttributeValue& value) { list.set(arena, key, value); }
  void set(std::string_view key, Text text) { set(key, AttributeValue::of(text)); }
  void set(std::string_view key, double number) { set(key, AttributeValue::of(number)); }

  // "key=value" of each, in their order.
  std::string all() const {
    std::string out;
    for (const Attribute* each = list.first(); each != nullptr; each = each->next) {
      String value;
      JsonWriter json(value);
      write_attribute_value(json, each->value);
      out.append(std::string{each->key}).append("=").append(std::string{value}).append(" ");
    }
    return out;
  }

  TextArena arena;
  AttributeList list;
};

TEST_F(Attributes, StandInTheOrderInWhichTheirKeysWereFirstSet) {
  set("b", "1");
  set("a", "2");
  set("b", "3");
  EXPECT_EQ(all(), R"(b="3" a="2" )");
}

TEST_F(Attributes, AreCopies) {
  std::string key = "key";
  std::string value = "value";
  set(key, value);
  key = value = "xxxxx";
  EXPECT_EQ(list.text("key"), "value");
}

TEST_F(Attributes, AreDeletedByNone) {
  for (const char* key : {"a", "b", "c", "d"}) set(key, 1);
  for (const char* key : {"b", "d", "a"}) set(key, AttributeValue{});
  EXPECT_EQ(all(), "c=1 ");
}

TEST_F(Attributes, ThatAreNotThereCanBeDeleted) {
  set("x", AttributeValue{});
  EXPECT_EQ(list.first(), nullptr);
}

TEST_F(Attributes, StandLastOnceDeletedAndSetAgain) {
  set("a", 1);
  set("b", 2);
  set("a", AttributeValue{});
  set("a", 3);
  EXPECT_EQ(all(), "b=2 a=3 ");
}

TEST_F(Attributes, MayChangeTheirType) {
  set("a", "text");
  set("a", 2.5);
  EXPECT_EQ(all(), "a=2.5 ");
  set("a", {AttributeType::Boolean, {}, 1});
  EXPECT_EQ(all(), "a=true ");
  set("a", {AttributeType::Json, R"([1,"x"])", 0});
  EXPECT_EQ(all(), R"(a=[1,"x"] )");
}

TEST_F(Attributes, MayBeEmptyTexts) {
  set("a", "long enough");
  set("a", "");
  EXPECT_EQ(all(), R"(a="" )");
}

TEST_F(Attributes, TakeNoMemoryWhenSetAgainToATextThatFits) {
  set("a", "12345678901234567890");
  const void* place = list.text("a").data();
  for (const char* text : {"", "1234567890", "abcdefghijklmnopqrst"}) {
    set("a", text);
    EXPECT_EQ(list.text("a"), text);
  }
  EXPECT_EQ(list.text("a").data(), place);
}

TEST_F(Attributes, TakeNoMemoryWhenATextComesBackAfterANumber) {
  set("a", "12345678901234567890");
  const void* place = list.text("a").data();
  set("a", 1);
  set("a", "12345678901234567890");
  EXPECT_EQ(list.text("a").data(), place);
}

TEST_F(Attributes, DoNotGrowTheArenaWhenSetAgainAndAgain) {
  const std::string longest(200, 'x');
  set("a", longest);
  const std::size_t before = arena.bytes();
  for (std::size_t i = 0; i < 100000; ++i) set("a", std::string_view{longest}.substr(i % 200));
  EXPECT_EQ(arena.bytes(), before);
}

TEST_F(Attributes, MayBeSetToAPartOfTheirOwnText) {
  set("a", "0123456789");
  set("a", list.text("a").substr(3));
  EXPECT_EQ(list.text("a"), "3456789");
}

TEST_F(Attributes, HaveNoTextWhenTheyAreNumbers) {
  set("a", 1);
  EXPECT_EQ(list.text("a"), "");
  EXPECT_NE(list.find("a"), nullptr);
}

TEST_F(Attributes, AreFoundByTheWholeKey) {
  set("abc", 1);
  EXPECT_EQ(list.find("ab"), nullptr);
  EXPECT_EQ(list.find("abcd"), nullptr);
}

}  // namespace
}  // namespace throughline
