#include "support/driven_core.h"

// Route spans that the application describes or starts itself (lifecycle.md sections 7 and 9).
namespace throughline {
namespace {

constexpr std::string_view kUser = "https://app.example.com/users/7";

struct RouteByHand : DrivenCore {
  RouteChange navigate(Navigation::Kind kind, double now) {
    Navigation navigation{{at(now), at(now)}, kUser, kind};
    navigation.name = "/users/:id";
    navigation.source = "route";
    navigation.origin = "auto.navigation.router";
    return core.route_change(navigation);
  }
};

TEST_F(RouteByHand, IsDescribedByTheApplication) {
  navigate(Navigation::Kind::Manual, 5000);
  run_until(7000);
  const Sent sent = transaction(7000);
  EXPECT_EQ(sent.payload["transaction"], "/users/:id");
  EXPECT_EQ(sent.trace("op"), "navigation");
  EXPECT_EQ(sent.trace("origin"), "auto.navigation.router");
  EXPECT_EQ(sent.data("sentry.source"), "route");
  EXPECT_EQ(sent.payload["request"]["url"], kUser);
}

TEST_F(RouteByHand, IsANavigationHoweverYoungTheRouteBeforeIs) {
  load();
  const std::string trace = trace_id();
  EXPECT_EQ(navigate(Navigation::Kind::Manual, 100).reason, Reason::Navigation);
  EXPECT_NE(trace_id(), trace);
}

TEST_F(RouteByHand, IsARedirectOfTheOpenRouteWhereTheApplicationSaysSo) {
  load();
  core.interaction(at(4900));
  const std::string trace = trace_id();
  span("open", 1000);
  EXPECT_EQ(navigate(Navigation::Kind::Redirect, 5000).reason, Reason::Redirect);
  EXPECT_EQ(trace_id(), trace);
  EXPECT_EQ(navigate(Navigation::Kind::Redirect, 5001).span, kNoHandle);
}

TEST_F(RouteByHand, IsANavigationWhereNoRouteIsOpen) {
  load();
  run_until(3000);
  EXPECT_EQ(navigate(Navigation::Kind::Redirect, 5000).reason, Reason::Navigation);
}

TEST_F(RouteByHand, DoesNotCountAsTheLastUrlOfTheHistory) {
  load();
  navigate(Navigation::Kind::Manual, 5000);
  EXPECT_EQ(go(kUser, 8000).reason, Reason::Navigation);
}

TEST_F(RouteByHand, EndsByItselfWhereItsOpIsNoPageLoad) {
  PageLoad page;
  page.href = kPage;
  page.start = page.now = at(50);
  page.op = "custom.load";
  core.page_load(page);
  run_until(2000);
  EXPECT_EQ(transaction(2000).trace("op"), "custom.load");
}

struct ReportedPageLoad : DrivenCore {
  ReportedPageLoad() {
    settings.route.enable_report_page_loaded = true;
    configure();
  }
};

TEST_F(ReportedPageLoad, StaysOpenUntilItIsReported) {
  load();
  end(span("early", 100), 200);
  run_until(9000);
  EXPECT_TRUE(take(9000).empty());
  core.report_page_loaded(at(9000));
  const Sent sent = transaction(9000);
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "reportPageLoaded");
  // Not moved back to the end of the last child.
  EXPECT_EQ(ms(sent.payload["timestamp"]), 9000);
}

TEST_F(ReportedPageLoad, LeavesTheEndOfNavigationsToTheirTimerToo) {
  load();
  core.interaction(at(900));
  go(kUser, 1000);
  take(1000);
  end(span("early", 1010), 1020);
  run_until(5000);
  EXPECT_EQ(ms(transaction(5000).payload["timestamp"]), 2020);
}

TEST_F(ReportedPageLoad, StaysOpenWhenTheDocumentGetsReady) {
  load(50, false);
  core.document_ready(at(100));
  run_until(9000);
  EXPECT_TRUE(take(9000).empty());
}

TEST_F(ReportedPageLoad, EndsAtTheFinalTimeoutAtTheLatest) {
  load();
  run_until(31000);
  EXPECT_EQ(transaction(31000).trace("status"), "deadline_exceeded");
}

TEST_F(ReportedPageLoad, IsNotTheNavigationAfterIt) {
  load();
  core.interaction(at(900));
  go(kUser, 1000);
  take(1000);
  core.report_page_loaded(at(1100));
  EXPECT_TRUE(take(1100).empty());
}

TEST_F(DrivenCore, AReportWithoutTheOptionDoesNothing) {
  load();
  core.report_page_loaded(at(100));
  EXPECT_TRUE(take(100).empty());
}

}  // namespace
}  // namespace throughline
