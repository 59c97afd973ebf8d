#include "throughline/base/text.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

TEST(Text, EndsWhereItsSizeSays) {
  const Text text("ab\0cd", 5);
  EXPECT_EQ(text.size(), 5U);
  EXPECT_EQ(text.back(), 'd');
  EXPECT_EQ(Text("ab").size(), 2U);
}

TEST(Text, OfNothingIsEqualToAnEmptyOne) {
  EXPECT_EQ(Text{}, "");
  EXPECT_EQ(Text{}.size(), 0U);
}

TEST(Text, ComparesAllOfIt) {
  EXPECT_EQ(Text("abc"), "abc");
  EXPECT_NE(Text("abc"), "ab");
  EXPECT_NE(Text("abc"), "abd");
}

TEST(TextSubstr, KeepsToTheEnd) {
  EXPECT_EQ(Text("abc").substr(1), "bc");
  EXPECT_EQ(Text("abc").substr(1, 1), "b");
  EXPECT_EQ(Text("abc").substr(3, 9), "");
}

TEST(TextRemove, TakesFromBothEnds) {
  Text text("abcd");
  text.remove_prefix(1);
  text.remove_suffix(2);
  EXPECT_EQ(text, "b");
}

TEST(TextStartsAndEndsWith, LookNoFurtherThanTheText) {
  EXPECT_TRUE(Text("abc").starts_with("ab"));
  EXPECT_FALSE(Text("a").starts_with("ab"));
  EXPECT_TRUE(Text("abc").ends_with("bc"));
  EXPECT_FALSE(Text("c").ends_with("bc"));
  EXPECT_TRUE(Text("").starts_with(""));
  EXPECT_FALSE(Text("").starts_with('a'));
  EXPECT_FALSE(Text("").ends_with('a'));
}

TEST(TextFind, TellsTheFirstPlace) {
  EXPECT_EQ(Text("abcbc").find("bc"), 1U);
  EXPECT_EQ(Text("abcbc").find('c'), 2U);
  EXPECT_EQ(Text("abcbc").rfind('c'), 4U);
  EXPECT_EQ(Text("abcbc").find_first_of("xc"), 2U);
  EXPECT_EQ(Text("abc").find(""), 0U);
}

TEST(TextFind, IsNposForWhatIsNotThere) {
  EXPECT_EQ(Text("ab").find("abc"), Text::npos);
  EXPECT_EQ(Text("ab").find('c'), Text::npos);
  EXPECT_EQ(Text("ab").rfind('c'), Text::npos);
  EXPECT_EQ(Text("").rfind('c'), Text::npos);
  EXPECT_EQ(Text("ab").find_first_of("xyz"), Text::npos);
}

}  // namespace
}  // namespace throughline
