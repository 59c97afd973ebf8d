#include "throughline/base/string.h"

#include <gtest/gtest.h>

#include <utility>

namespace throughline {
namespace {

TEST(String, GrowsCharacterByCharacter) {
  String text;
  for (int i = 0; i < 1000; ++i) text.push_back(static_cast<char>('a' + i % 26));
  ASSERT_EQ(text.size(), 1000U);
  EXPECT_EQ(Text{text}.substr(998), "kl");
}

TEST(String, AppendsTextsWithNulInThem) {
  String text{"a"};
  text.append(Text{"\0b", 2}).append("c");
  EXPECT_EQ(text, Text("a\0bc", 4));
}

TEST(String, OfNothingIsEmpty) {
  const String none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none, "");
  EXPECT_EQ(String{none}, none);
}

TEST(String, CopiesAreIndependent) {
  String a{"one"};
  String b{a};
  b.append(" two");
  EXPECT_EQ(a, "one");
  a = b;
  b.clear();
  EXPECT_EQ(a, "one two");
}

TEST(String, MayBeAssignedToItself) {
  String a{"one"};
  const String& same = a;
  a = same;
  EXPECT_EQ(a, "one");
}

TEST(String, CanBeMoved) {
  String a{"one"};
  String b{std::move(a)};
  EXPECT_EQ(b, "one");
  String c;
  c = std::move(b);
  EXPECT_EQ(c, "one");
}

TEST(String, ShrinksToItsBeginning) {
  String text{"one two"};
  text.resize(3);
  EXPECT_EQ(text, "one");
}

}  // namespace
}  // namespace throughline
