#include "support/driven_core.h"

// What a core makes of changes of the URL (lifecycle.md sections 4 and 5).
namespace throughline {
namespace {

constexpr std::string_view kNextWithQuery = "https://app.example.com/next?q=1";

struct ChangeOfUrl : DrivenCore {
  ChangeOfUrl() {
    load();
    first_trace = trace_id();
  }
  std::string first_trace;
};

TEST_F(ChangeOfUrl, ToTheStartOfThePageIsNothing) {
  EXPECT_EQ(go(kPage, 5000).reason, Reason::StillOnStartUrl);
  EXPECT_EQ(trace_id(), first_trace);
}

TEST_F(ChangeOfUrl, ToTheSameUrlIsNothing) {
  go(kNextWithQuery, 5000);
  const std::string trace = trace_id();
  EXPECT_EQ(go(kNextWithQuery, 6000).reason, Reason::SameUrl);
  EXPECT_EQ(trace_id(), trace);
}

TEST_F(ChangeOfUrl, StartsANewTrace) {
  EXPECT_EQ(go(kNextWithQuery, 5000).reason, Reason::Navigation);
  EXPECT_NE(trace_id(), first_trace);
}

TEST_F(ChangeOfUrl, EndsTheRouteBefore) {
  go(kNextWithQuery, 5000);
  EXPECT_EQ(transaction(5000).trace("trace_id"), first_trace);
}

TEST_F(ChangeOfUrl, CancelsTheRouteBefore) {
  core.interaction(at(900));
  go(kNextWithQuery, 1000);
  const Sent sent = transaction(1000);
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "cancelled");
  EXPECT_EQ(ms(sent.payload["timestamp"]), 1000);
}

TEST_F(ChangeOfUrl, CancelsWhatIsOpenInTheRouteBefore) {
  core.interaction(at(900));
  span("open", 950);
  go(kNextWithQuery, 1000);
  EXPECT_EQ(transaction(1000).span("open")["status"], "cancelled");
}

TEST_F(ChangeOfUrl, MakesTheNewRouteActive) {
  const RouteChange change = go(kNextWithQuery, 5000);
  EXPECT_NE(change.span, kNoHandle);
  EXPECT_EQ(active().handle, change.span);
}

TEST_F(ChangeOfUrl, TellsWhatTheNewRouteIs) {
  run_until(4000);
  take(4000);
  go(kNextWithQuery, 5000);
  run_until(8000);
  const Sent sent = transaction(8000);
  EXPECT_EQ(sent.payload["transaction"], "/next");
  EXPECT_EQ(sent.payload["transaction_info"]["source"], "url");
  EXPECT_EQ(sent.trace("op"), "navigation");
  EXPECT_EQ(sent.trace("origin"), "auto.navigation.browser");
  EXPECT_EQ(sent.trace("parent_span_id"), nullptr);
  EXPECT_EQ(sent.payload["request"]["url"], kNextWithQuery);
  EXPECT_EQ(ms(sent.payload["start_timestamp"]), 5000);
  EXPECT_EQ(ms(sent.payload["timestamp"]), 6000);
}

// The name used to be the whole text, credentials included.
TEST_F(ChangeOfUrl, ThatCannotBeParsedIsNamedAfterThePage) {
  go("https://user:secret@", 5000);
  take(5000);
  run_until(8000);
  const Sent sent = transaction(8000);
  EXPECT_EQ(sent.payload["transaction"], "/start");
  EXPECT_EQ(sent.payload.dump().find("secret"), std::string::npos);
}

TEST_F(ChangeOfUrl, MakesADecisionOfItsOwn) {
  settings.client.traces_sample_rate = 0;
  configure();
  go(kNextWithQuery, 5000);
  EXPECT_FALSE(active().sampled);
}

TEST_F(ChangeOfUrl, TakesTheRouteForTheActiveSpanOnlyWhileItIsOpen) {
  go(kNextWithQuery, 5000);
  run_until(8000);
  EXPECT_EQ(active().handle, kNoHandle);
}

// The end of the route before used to count as activity of the new one, which then forgot that
// its first idle timer takes the moment at which it fires.
TEST_F(ChangeOfUrl, IsNotAnActivityOfTheNewRoute) {
  core.interaction(at(90));
  go(kNextWithQuery, 100);
  take(100);
  core.wake(at(1300));
  EXPECT_EQ(ms(transaction(1300).payload["timestamp"]), 1300);
}

using Redirect = ChangeOfUrl;

TEST_F(Redirect, IsAChangeSoonAfterTheRouteStarted) {
  EXPECT_EQ(go(kNextWithQuery, 1000).reason, Reason::Redirect);
}

TEST_F(Redirect, LeavesTraceAndActiveSpanAsTheyAre) {
  const Handle route = active().handle;
  go(kNextWithQuery, 1000);
  EXPECT_EQ(active().handle, route);
  EXPECT_EQ(trace_id(), first_trace);
}

TEST_F(Redirect, IsAChildWithoutDuration) {
  go(kNextWithQuery, 700);
  run_until(3000);
  const Json child = transaction(3000).span("/next");
  EXPECT_EQ(child["op"], "navigation.redirect");
  EXPECT_EQ(child["origin"], "auto.navigation.browser");
  EXPECT_EQ(child["data"]["sentry.source"], "url");
  EXPECT_EQ(ms(child["start_timestamp"]), 700);
  EXPECT_EQ(ms(child["timestamp"]), 700);
}

TEST_F(Redirect, KeepsTheNameOfTheRoute) {
  go(kNextWithQuery, 700);
  run_until(3000);
  EXPECT_EQ(transaction(3000).payload["transaction"], "/start");
}

TEST_F(Redirect, IsActivity) {
  go(kNextWithQuery, 700);
  EXPECT_EQ(core.deadline(), at(1700));
}

TEST_F(Redirect, IsOneUpToAndAtOneAndAHalfSeconds) {
  span("keeps the route open", 60);
  EXPECT_EQ(go(kNextWithQuery, 1500).reason, Reason::Redirect);
  EXPECT_EQ(go(kPage, 1501).reason, Reason::Navigation);
}

TEST_F(Redirect, IsNoneSoonAfterAnInteraction) {
  core.interaction(at(400));
  EXPECT_EQ(go(kNextWithQuery, 1000).reason, Reason::Navigation);
}

TEST_F(Redirect, IsNoneOnceTheRouteEnded) {
  end(active(), 300);
  EXPECT_EQ(go(kNextWithQuery, 400).reason, Reason::Navigation);
}

TEST_F(Redirect, IsNoneWhereTheOptionIsOff) {
  settings.route.detect_redirects = false;
  configure();
  EXPECT_EQ(go(kNextWithQuery, 400).reason, Reason::Navigation);
}

struct UnsampledRedirect : DrivenCore {
  UnsampledRedirect() {
    settings.client.traces_sample_rate = 0;
    configure();
    load();
  }
};

TEST_F(UnsampledRedirect, IsOneToo) {
  const std::string trace = trace_id();
  EXPECT_EQ(go(kNextWithQuery, 1000).reason, Reason::Redirect);
  EXPECT_EQ(trace_id(), trace);
}

struct WithoutPerformance : DrivenCore {
  WithoutPerformance() {
    settings.client.traces_sample_rate_given = false;
    configure();
    load();
  }
};

TEST_F(WithoutPerformance, EachChangeOfUrlIsANavigation) {
  const std::string trace = trace_id();
  EXPECT_EQ(go(kNextWithQuery, 100).reason, Reason::Navigation);
  EXPECT_NE(trace_id(), trace);
}

TEST_F(WithoutPerformance, ANavigationHasNoSpan) {
  EXPECT_EQ(go(kNextWithQuery, 100).span, kNoHandle);
}

TEST_F(WithoutPerformance, AllRequestsOfATraceHaveTheSameSpanId) {
  const SpanId id = request(60).span_id;
  EXPECT_FALSE(id.is_zero());
  EXPECT_EQ(request(70).span_id, id);
  EXPECT_EQ(core.span_id_at({}), id);
}

TEST_F(WithoutPerformance, ANavigationChangesTheSpanId) {
  const SpanId id = request(60).span_id;
  go(kNextWithQuery, 100);
  EXPECT_NE(request(110).span_id, id);
}

TEST_F(WithoutPerformance, HeadersHaveNoFlagAndTellNothingOfSampling) {
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "");
  EXPECT_EQ(baggage(),
            "sentry-environment=production,sentry-release=app%401.0,"
            "sentry-public_key=pub,sentry-trace_id=" +
                trace_id() + ",sentry-org_id=42");
}

TEST_F(WithoutPerformance, AnIncomingDecisionIsPassedOn) {
  load_with("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1");
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "-1");
}

TEST_F(WithoutPerformance, NothingIsCountedOrSent) {
  whole_request(100);
  span("x", 200);
  EXPECT_EQ(report(300), Json::object());
}

}  // namespace
}  // namespace throughline
