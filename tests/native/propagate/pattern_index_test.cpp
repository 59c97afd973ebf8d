#include "throughline/propagate/pattern_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace throughline {
namespace {

struct Case {
  std::vector<Pattern> patterns;
  PatternIndex index;

  explicit Case(std::vector<Pattern> given) : patterns(std::move(given)) { index.build(patterns); }
  int first_in(std::string_view subject) const { return index.first_in(subject); }
};

TEST(PatternIndex, FindsATextAnywhere) {
  const Case one({{false, "api"}});
  EXPECT_EQ(one.first_in("api"), 0);
  EXPECT_EQ(one.first_in("https://a.test/api"), 0);
  EXPECT_EQ(one.first_in("https://api.test/"), 0);
  EXPECT_EQ(one.first_in("https://a.test/ap"), -1);
  EXPECT_EQ(one.first_in("API"), -1);
  EXPECT_EQ(one.first_in(""), -1);
}

TEST(PatternIndex, FindsTextsOfOneTwoAndNoCharacters) {
  EXPECT_EQ(Case({{false, "?"}}).first_in("/a?b"), 0);
  EXPECT_EQ(Case({{false, "?"}}).first_in("/ab"), -1);
  EXPECT_EQ(Case({{false, "=1"}}).first_in("/a?b=1"), 0);
  EXPECT_EQ(Case({{false, "=1"}}).first_in("1="), -1);
  EXPECT_EQ(Case({{false, ""}}).first_in(""), 0);
}

TEST(PatternIndex, GivesTheLowestOfAllThatMatch) {
  const Case some({{false, "none"}, {false, "users"}, {false, "a"}, {false, "/api/users"}});
  EXPECT_EQ(some.first_in("/api/users"), 1);
  EXPECT_EQ(some.first_in("/api/user"), 2);
}

TEST(PatternIndex, LeavesPlacesForHostSidePatterns) {
  const Case some({{true, ""}, {false, "x"}, {true, ""}, {false, "api"}});
  EXPECT_EQ(some.first_in("/api"), 3);
  EXPECT_EQ(some.first_in("/other"), -1);
}

TEST(PatternIndex, FindsTheSecondPlaceOfARepeatedKey) {
  EXPECT_EQ(Case({{false, "abcd"}}).first_in("abcabcabcd"), 0);
  EXPECT_EQ(Case({{false, "aaab"}}).first_in("aaaaaaaaab"), 0);
}

TEST(PatternIndex, DoesNotLookBeyondTheSubject) {
  const Case one({{false, "/api/users"}});
  EXPECT_EQ(one.first_in(std::string_view{"/api/users"}.substr(0, 9)), -1);
  EXPECT_EQ(one.first_in("pi/users"), -1);
}

TEST(PatternIndex, TellsApartTextsThatDifferInBytesBeyondAscii) {
  const Case one({{false, "m\xC3\xBCnchen"}});
  EXPECT_EQ(one.first_in("/m\xC3\xBCnchen"), 0);
  EXPECT_EQ(one.first_in("/m\xC3\xA4nchen"), -1);
}

TEST(PatternIndex, AgreesWithASearchOfOneByOne) {
  std::vector<std::string> texts;
  for (int i = 0; i < 1200; ++i) {
    texts.push_back("https://s" + std::to_string(i) + ".example.test/api/" + std::to_string(i % 7));
  }
  std::vector<Pattern> patterns;
  for (const std::string& text : texts) patterns.push_back({false, text});
  const Case many(patterns);
  for (int i = 0; i < 3000; ++i) {
    const std::string subject =
        "https://s" + std::to_string(i) + ".example.test/api/" + std::to_string(i % 9) + "0?q";
    int expected = -1;
    for (std::size_t at = 0; at < texts.size() && expected < 0; ++at) {
      if (subject.find(texts[at]) != std::string::npos) expected = static_cast<int>(at);
    }
    EXPECT_EQ(many.first_in(subject), expected) << subject;
  }
}

TEST(PatternIndex, ForgetsTheTextsItHadBefore) {
  Case some({{false, "api"}});
  some.index.build({});
  EXPECT_EQ(some.first_in("/api"), -1);
}

}  // namespace
}  // namespace throughline
