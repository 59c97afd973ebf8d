#include "throughline/route/route_tracker.h"

#include <gtest/gtest.h>

#include "support/examples.h"
#include "support/time.h"

namespace throughline {
namespace {

constexpr std::string_view kStartUrl = "https://app.example.com/start/long";

struct Tracker : testing::Test {
  struct Moving : RouteTracker {
    // Classifies a change and makes it.
    Reason change(Text to, std::optional<UnixTime> route_start, UnixTime now) {
      const Reason reason = classify(to, route_start, now);
      moved(to, reason);
      return reason;
    }
  };

  Tracker() { tracker.page_started(kStartUrl); }
  Moving tracker;
};

TEST_F(Tracker, IgnoresAFirstChangeThatStaysOnTheStartUrl) {
  EXPECT_EQ(tracker.change(kStartUrl, at(0), at(100)), Reason::StillOnStartUrl);
}

TEST_F(Tracker, TakesAPartOfTheStartUrlForAnotherOne) {
  EXPECT_EQ(tracker.change("https://app.example.com/start", {}, at(100)), Reason::Navigation);
}

TEST_F(Tracker, ForgetsTheStartUrlAfterTheFirstChange) {
  tracker.change(kNext, {}, at(100));
  EXPECT_EQ(tracker.change(kStartUrl, {}, at(200)), Reason::Navigation);
}

TEST_F(Tracker, RemembersTheStartUrlAsTheLastOne) {
  tracker.change(kStartUrl, {}, at(100));
  EXPECT_EQ(tracker.change(kStartUrl, {}, at(200)), Reason::SameUrl);
}

TEST_F(Tracker, IgnoresTheUrlItIsOn) {
  tracker.change(kNext, {}, at(100));
  EXPECT_EQ(tracker.change(kNext, {}, at(200)), Reason::SameUrl);
}

TEST_F(Tracker, TakesAnotherQueryOrFragmentForAnotherUrl) {
  tracker.change(kNext, {}, at(100));
  EXPECT_EQ(tracker.change("https://app.example.com/next?a", {}, at(200)), Reason::Navigation);
  EXPECT_EQ(tracker.change("https://app.example.com/next?a#b", {}, at(300)), Reason::Navigation);
}

TEST_F(Tracker, IsReadyWithoutAStartUrl) {
  Moving fresh;
  EXPECT_EQ(fresh.change(kNext, {}, at(100)), Reason::Navigation);
}

TEST_F(Tracker, SeesARedirectWhileTheRouteIsYoung) {
  EXPECT_EQ(tracker.change(kNext, at(0), at(1500)), Reason::Redirect);
}

TEST_F(Tracker, SeesANavigationOnceTheRouteIsOlder) {
  EXPECT_EQ(tracker.change(kNext, at(0), at(1501)), Reason::Navigation);
}

TEST_F(Tracker, SeesANavigationWhereNoRouteIsOpen) {
  EXPECT_EQ(tracker.change(kNext, {}, at(100)), Reason::Navigation);
}

TEST_F(Tracker, SeesANavigationUpToAndAtOneAndAHalfSecondsAfterAnInteraction) {
  tracker.interaction(at(0));
  EXPECT_EQ(tracker.change(kNext, at(1000), at(1500)), Reason::Navigation);
}

TEST_F(Tracker, SeesARedirectWhenTheInteractionIsLongerAgo) {
  tracker.interaction(at(0));
  EXPECT_EQ(tracker.change(kNext, at(1000), at(1501)), Reason::Redirect);
}

TEST_F(Tracker, ForgetsTheInteractionWithANavigation) {
  tracker.interaction(at(0));
  tracker.change(kNext, {}, at(100));
  EXPECT_EQ(tracker.change(kStartUrl, at(100), at(200)), Reason::Redirect);
}

TEST_F(Tracker, RemembersTheInteractionThroughChangesThatAreIgnored) {
  tracker.interaction(at(0));
  tracker.change(kStartUrl, at(0), at(100));
  EXPECT_EQ(tracker.change(kNext, at(0), at(200)), Reason::Navigation);
}

TEST_F(Tracker, RemembersWhereARedirectWent) {
  tracker.change(kNext, at(0), at(100));
  EXPECT_EQ(tracker.change(kNext, at(0), at(200)), Reason::SameUrl);
}

TEST(RouteName, IsThePathname) {
  EXPECT_EQ(route_name("https://app.example.com/a/b?q=1#f"), "/a/b");
  EXPECT_EQ(route_name("https://app.example.com/"), "/");
}

TEST(RouteName, IsThereForUrlsWithoutAHost) {
  EXPECT_EQ(route_name("file:///home/x.html"), "/home/x.html");
}

TEST(RouteName, IsEmptyForATextThatIsNoUrl) { EXPECT_EQ(route_name("no url"), ""); }

}  // namespace
}  // namespace throughline
