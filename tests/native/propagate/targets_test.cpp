#include "throughline/propagate/targets.h"

#include <gtest/gtest.h>

#include <list>
#include <string>
#include <utility>
#include <vector>

namespace throughline {
namespace {

constexpr std::string_view kCart = "https://app.example.com/shop/cart?x=1#top";

// Owns what the views that Targets keeps point to.
class Tested {
 public:
  explicit Tested(std::string_view page = kCart) { at(page, page); }

  void at(std::string_view href, std::string_view base_url) {
    targets.set_page({kept_.emplace_back(href), kept_.emplace_back(base_url)});
  }
  Tested& with(std::vector<Pattern> patterns) {
    patterns_ = std::move(patterns);
    targets.configure(patterns_);
    return *this;
  }
  Reason reason(std::string_view url) {
    const TargetDecision decision = targets.decide(url);
    EXPECT_EQ(decision.asks, kAskNothing) << url;
    EXPECT_EQ(decision.attach,
              decision.reason == Reason::SameOrigin || decision.reason == Reason::TargetMatched);
    return decision.reason;
  }
  Reason resolved(std::string_view url, std::string_view answer) {
    EXPECT_EQ(targets.decide(url).asks, kAskResolvedUrl) << url;
    targets.answer_resolved(url, answer);
    return reason(url);
  }

  Targets targets;

 private:
  std::list<std::string> kept_;
  std::vector<Pattern> patterns_;
};

Pattern text(std::string_view content) { return {false, content}; }
Pattern host_side() { return {true, {}}; }

TEST(Targets, AttachToTheSameOriginWhileTheOptionIsNotSet) {
  Tested tested;
  EXPECT_EQ(tested.reason("/api"), Reason::SameOrigin);
  EXPECT_EQ(tested.reason("https://app.example.com/x"), Reason::SameOrigin);
  EXPECT_EQ(
      tested.resolved("https://user:pw@app.example.com/x", "https://user:pw@app.example.com/x"),
      Reason::SameOrigin);
  EXPECT_EQ(tested.resolved("blob:https://app.example.com/1", "blob:https://app.example.com/1"),
            Reason::SameOrigin);
}

TEST(Targets, DoNotAttachToOtherOriginsWhileTheOptionIsNotSet) {
  Tested tested;
  EXPECT_EQ(tested.reason("http://app.example.com/x"), Reason::OtherOrigin);
  EXPECT_EQ(tested.reason("https://app.example.com:8443/x"), Reason::OtherOrigin);
  EXPECT_EQ(tested.reason("https://app.example.com.evil.test/x"), Reason::OtherOrigin);
  EXPECT_EQ(tested.resolved("//cdn.test/x", "https://cdn.test/x"), Reason::OtherOrigin);
}

TEST(Targets, NameAnOpaqueOriginAndAnUnparsableUrl) {
  Tested tested;
  EXPECT_EQ(tested.resolved("data:,x", "data:,x"), Reason::OpaqueOrigin);
  EXPECT_EQ(tested.resolved("https://", ""), Reason::UnparsableUrl);
}

TEST(Targets, AttachToOpaqueOriginsOnAPageThatHasOne) {
  Tested tested("file:///C:/app/index.html");
  EXPECT_EQ(tested.resolved("data.json", "file:///C:/app/data.json"), Reason::SameOrigin);
  EXPECT_EQ(tested.reason("https://api.example.com/x"), Reason::OtherOrigin);
}

TEST(Targets, MatchTextsInTheResolvedUrl) {
  Tested tested;
  tested.with({text("nowhere"), text("example.com/api")});
  EXPECT_EQ(tested.reason("/api/users"), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide("/api/users").pattern, 1);
  EXPECT_EQ(tested.reason("https://other.example.com/api"), Reason::TargetMatched);
  EXPECT_EQ(tested.reason("/other"), Reason::NoTargetMatched);
  EXPECT_EQ(tested.targets.decide("/other").pattern, -1);
}

TEST(Targets, MatchThePathOfASameOriginRequestAsPartOfItsUrl) {
  Tested tested;
  tested.with({text("/shop/item")});
  EXPECT_EQ(tested.resolved("item", "https://app.example.com/shop/item"), Reason::TargetMatched);
}

TEST(Targets, MatchNothingInAnEmptyListAndEverythingWithAnEmptyText) {
  EXPECT_EQ(Tested().with({}).reason("/api"), Reason::NoTargetMatched);
  EXPECT_EQ(Tested().with({text("")}).reason("/api"), Reason::TargetMatched);
}

TEST(Targets, DoNotMatchAnUnparsableUrl) {
  Tested tested;
  tested.with({text("bad"), host_side()});
  EXPECT_EQ(tested.resolved("http://[bad", ""), Reason::UnparsableUrl);
}

TEST(Targets, MatchAnOpaqueOriginLikeAnyOther) {
  Tested tested;
  tested.with({text("data:,x")});
  EXPECT_EQ(tested.resolved("data:,x", "data:,x"), Reason::TargetMatched);
  EXPECT_EQ(tested.resolved("data:,y", "data:,y"), Reason::NoTargetMatched);
}

TEST(Targets, AskTheHostWhenNoTextMatches) {
  Tested tested;
  tested.with({host_side(), text("/api"), host_side()});
  EXPECT_EQ(tested.reason("/api"), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide("/other").asks, kAskPatterns);
  tested.targets.answer_patterns("/other", 2);
  EXPECT_EQ(tested.reason("/other"), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide("/other").pattern, 2);
  EXPECT_EQ(tested.targets.decide("/none").asks, kAskPatterns);
  tested.targets.answer_patterns("/none", -1);
  EXPECT_EQ(tested.reason("/none"), Reason::NoTargetMatched);
}

TEST(Targets, AskForTheUrlBeforeThePatterns) {
  Tested tested;
  tested.with({host_side()});
  EXPECT_EQ(tested.targets.decide("x").asks, kAskResolvedUrl);
  tested.targets.answer_resolved("x", "https://app.example.com/shop/x");
  EXPECT_EQ(tested.targets.decide("x").asks, kAskPatterns);
  tested.targets.answer_patterns("x", 0);
  const TargetDecision decision = tested.targets.decide("x");
  EXPECT_EQ(decision.reason, Reason::TargetMatched);
  EXPECT_EQ(decision.pattern, 0);
  EXPECT_EQ(decision.resolved, "https://app.example.com/shop/x");
}

TEST(Targets, TakeTheAnswersInAnyOrder) {
  Tested tested;
  tested.with({host_side()});
  tested.targets.answer_patterns("x", 0);
  EXPECT_EQ(tested.targets.decide("x").asks, kAskResolvedUrl);
  tested.targets.answer_resolved("x", "https://app.example.com/shop/x");
  EXPECT_EQ(tested.reason("x"), Reason::TargetMatched);
}

TEST(Targets, ReportTheLowestOfTextAndHostSideMatches) {
  Tested tested;
  tested.with({host_side(), text("/api"), host_side()});
  tested.targets.answer_patterns("/api", 0);
  EXPECT_EQ(tested.reason("/api"), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide("/api").pattern, 0);
  tested.targets.answer_patterns("/api", 2);
  EXPECT_EQ(tested.targets.decide("/api").pattern, 1);
}

TEST(Targets, GiveTheResolvedText) {
  Tested tested;
  EXPECT_EQ(tested.targets.decide("/x?y#z").resolved, "https://app.example.com/x?y#z");
  EXPECT_EQ(tested.targets.decide("https://a.test/x").resolved, "https://a.test/x");
  tested.targets.answer_resolved("", kCart);
  EXPECT_EQ(tested.targets.decide("").resolved, kCart);
  tested.targets.answer_resolved("https://", "");
  EXPECT_EQ(tested.targets.decide("https://").resolved, "");
}

TEST(Targets, ResolvePathsAgainstTheBaseAndCompareWithTheLocation) {
  Tested tested;
  tested.at(kCart, "https://cdn.example.com/base/");
  EXPECT_EQ(tested.targets.decide("/x").resolved, "https://cdn.example.com/x");
  EXPECT_EQ(tested.reason("/x"), Reason::OtherOrigin);
}

TEST(Targets, AskForPathsWhereTheBaseIsNotPlainHttp) {
  EXPECT_EQ(Tested("file:///C:/app/").targets.decide("/x").asks, kAskResolvedUrl);
  EXPECT_EQ(Tested("app://local/index").targets.decide("/x").asks, kAskResolvedUrl);
  // The host keeps the user info of the base.
  EXPECT_EQ(Tested("https://user@app.example.com/").targets.decide("/x").asks, kAskResolvedUrl);
}

TEST(Targets, GoByTheRawTextWithoutALocation) {
  Tested tested("");
  EXPECT_EQ(tested.reason("/api"), Reason::SameOrigin);
  EXPECT_EQ(tested.reason("//a.test/api"), Reason::OtherOrigin);
  EXPECT_EQ(tested.reason("api"), Reason::OtherOrigin);
  EXPECT_EQ(tested.reason(""), Reason::OtherOrigin);
  tested.with({text("../x"), host_side()});
  EXPECT_EQ(tested.reason("../x"), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide("/y").asks, kAskPatterns);
}

TEST(Targets, KnowWhatAnAbsoluteUrlIsWithoutALocation) {
  Tested tested("");
  EXPECT_EQ(tested.targets.decide("https://a.test/x").resolved, "https://a.test/x");
  EXPECT_EQ(tested.targets.decide("/x").resolved, "");
}

TEST(Targets, RememberTheAnswersForAText) {
  Tested tested;
  tested.with({host_side()});
  tested.targets.answer_resolved("x", "https://app.example.com/shop/x");
  tested.targets.answer_patterns("x", 0);
  EXPECT_EQ(tested.reason("x"), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide("y").asks, kAskResolvedUrl);
  EXPECT_EQ(tested.reason("x"), Reason::TargetMatched);
}

TEST(Targets, FindAnAnswerJustGivenHoweverManyWereGivenBefore) {
  Tested tested;
  tested.with({host_side()});
  for (int i = 0; i < 5000; ++i) {
    const std::string url = "item/" + std::to_string(i);
    ASSERT_EQ(tested.targets.decide(url).asks, kAskResolvedUrl);
    tested.targets.answer_resolved(url, "https://app.example.com/shop/" + url);
    ASSERT_EQ(tested.targets.decide(url).asks, kAskPatterns);
    tested.targets.answer_patterns(url, i % 2 - 1);
    ASSERT_EQ(tested.reason(url), i % 2 == 1 ? Reason::TargetMatched : Reason::NoTargetMatched);
  }
}

TEST(Targets, RememberTheLatestTexts) {
  Tested tested;
  for (int i = 0; i < 1000; ++i) {
    tested.targets.answer_resolved("item/" + std::to_string(i), "https://app.example.com/item");
  }
  int known = 0;
  for (int i = 900; i < 1000; ++i) {
    known += tested.targets.decide("item/" + std::to_string(i)).asks == kAskNothing ? 1 : 0;
  }
  EXPECT_GE(known, 90);
}

TEST(Targets, DecideAboutALongTextOnceItIsAnswered) {
  Tested tested;
  tested.with({host_side()});
  const std::string url = "data:," + std::string(100000, 'x');
  tested.targets.answer_resolved(url, url);
  EXPECT_EQ(tested.targets.decide(url).asks, kAskPatterns);
  tested.targets.answer_patterns(url, 0);
  EXPECT_EQ(tested.reason(url), Reason::TargetMatched);
  EXPECT_EQ(tested.targets.decide(url).resolved, url);
}

TEST(Targets, KeepALongTextUntilTheNextOne) {
  Tested tested;
  const std::string url = "data:," + std::string(100000, 'x');
  tested.targets.answer_resolved(url, url);
  EXPECT_EQ(tested.reason(url), Reason::OpaqueOrigin);
  EXPECT_EQ(tested.reason("/x"), Reason::SameOrigin);
  EXPECT_EQ(tested.targets.decide(url).asks, kAskResolvedUrl);
}

TEST(Targets, TellApartTextsWithACommonStart) {
  Tested tested;
  for (const std::string_view url : {"a", "ab", "abc", "abcd", "abcde", "abcdefgh", "abcdefg"}) {
    tested.targets.answer_resolved(url, "https://app.example.com/" + std::string{url});
  }
  EXPECT_EQ(tested.targets.decide("abc").resolved, "https://app.example.com/abc");
  EXPECT_EQ(tested.targets.decide("abcde").resolved, "https://app.example.com/abcde");
  EXPECT_EQ(tested.targets.decide("abcdef").asks, kAskResolvedUrl);
}

TEST(Targets, ForgetHostAnswersWhenTheBaseChanges) {
  Tested tested;
  tested.with({host_side()});
  tested.targets.answer_resolved("x", "https://app.example.com/shop/x");
  tested.targets.answer_patterns("/y", 0);
  EXPECT_EQ(tested.reason("/y"), Reason::TargetMatched);
  tested.at("https://app.example.com/other/", "https://app.example.com/other/");
  EXPECT_EQ(tested.targets.decide("x").asks, kAskResolvedUrl);
  // What is not relative to a directory stays known from route to route.
  EXPECT_EQ(tested.reason("/y"), Reason::TargetMatched);
}

TEST(Targets, ForgetEverythingWhenTheOriginChanges) {
  Tested tested;
  EXPECT_EQ(tested.reason("https://app.example.com/x"), Reason::SameOrigin);
  tested.at("https://other.example.com/", kCart);
  EXPECT_EQ(tested.reason("https://app.example.com/x"), Reason::OtherOrigin);
  EXPECT_EQ(tested.targets.decide("/x").resolved, "https://app.example.com/x");
  tested.at("https://other.example.com/", "https://other.example.com/");
  EXPECT_EQ(tested.targets.decide("/x").resolved, "https://other.example.com/x");
}

TEST(Targets, ForgetEverythingWhenTheOptionChanges) {
  Tested tested;
  EXPECT_EQ(tested.reason("/x"), Reason::SameOrigin);
  tested.with({text("api")});
  EXPECT_EQ(tested.reason("/x"), Reason::NoTargetMatched);
  tested.targets.configure(std::nullopt);
  EXPECT_EQ(tested.reason("/x"), Reason::SameOrigin);
}

}  // namespace
}  // namespace throughline
