#include "support/driven_core.h"

// What a core makes of a page load (lifecycle.md section 3, propagation.md section 8.1).
namespace throughline {
namespace {

constexpr std::string_view kOtherTrace = "771a43a4192642f0b136d5159a501700-7b6f1e2d3c4a5968-1";
constexpr std::string_view kDsc = "sentry-release=up,sentry-sample_rand=0.4";

struct PageLoadSpan : DrivenCore {
  Reason load_from(const IncomingTexts& sentry_trace, const IncomingTexts& baggage = {}) {
    PageLoad page;
    page.sentry_trace = sentry_trace;
    page.baggage = baggage;
    page.href = kPage;
    page.start = at(0);
    page.document_ready = true;
    page.now = at(50);
    return core.page_load(page).reason;
  }
};

TEST_F(PageLoadSpan, IsActiveAtOnce) {
  load();
  EXPECT_NE(active().handle, kNoHandle);
}

TEST_F(PageLoadSpan, TellsWhatItIs) {
  load();
  run_until(2000);
  const Sent sent = transaction(2000);
  EXPECT_EQ(sent.payload["transaction"], "/start");
  EXPECT_EQ(sent.payload["transaction_info"]["source"], "url");
  EXPECT_EQ(sent.trace("op"), "pageload");
  EXPECT_EQ(sent.trace("origin"), "auto.pageload.browser");
}

TEST_F(PageLoadSpan, BeginsAtTheTimeOrigin) {
  load();
  run_until(2000);
  EXPECT_EQ(ms(transaction(2000).payload["start_timestamp"]), 0);
}

TEST_F(PageLoadSpan, EndsOneIdleTimeAfterItWasStarted) {
  load(50);
  run_until(2000);
  const Sent sent = transaction(2000);
  EXPECT_EQ(ms(sent.payload["timestamp"]), 1050);
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "idleTimeout");
}

TEST_F(PageLoadSpan, ContinuesTheTraceOfAMetaTag) {
  EXPECT_EQ(load_with(kSentryTrace, kDsc), Reason::ContinuedMeta);
  EXPECT_EQ(trace_id(), kTrace);
  EXPECT_EQ(baggage(), kDsc);
  run_until(2000);
  const Sent sent = transaction(2000);
  EXPECT_EQ(sent.trace("trace_id"), kTrace);
  EXPECT_EQ(sent.trace("parent_span_id"), "00f067aa0ba902b7");
  EXPECT_EQ(sent.header["trace"], Json({{"release", "up"}, {"sample_rand", "0.4"}}));
}

TEST_F(PageLoadSpan, FollowsTheDecisionOfTheTraceItContinues) {
  load_with("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0");
  EXPECT_FALSE(active().sampled);
}

TEST_F(PageLoadSpan, PrefersAnArgumentToAMetaTagToServerTiming) {
  EXPECT_EQ(load_from({kSentryTrace, kOtherTrace, kOtherTrace}), Reason::ContinuedArgument);
  EXPECT_EQ(trace_id(), kTrace);
  EXPECT_EQ(load_from({"", kSentryTrace, kOtherTrace}), Reason::ContinuedMeta);
  EXPECT_EQ(trace_id(), kTrace);
  EXPECT_EQ(load_from({"", "", kSentryTrace}), Reason::ContinuedServerTiming);
  EXPECT_EQ(trace_id(), kTrace);
}

TEST_F(PageLoadSpan, ChoosesTheBaggageIndependently) {
  load_from({kSentryTrace, "", ""}, {"", "", kDsc});
  EXPECT_EQ(baggage(), kDsc);
}

TEST_F(PageLoadSpan, StartsATraceWhereNothingArrived) {
  EXPECT_EQ(load(), Reason::FreshTrace);
  EXPECT_NE(trace_id(), std::string(32, '0'));
}

TEST_F(PageLoadSpan, StartsATraceWhereSomethingUnusableArrived) {
  EXPECT_EQ(load_with("not-a-trace", kDsc), Reason::MalformedHeader);
  EXPECT_NE(baggage(), kDsc);
}

TEST_F(PageLoadSpan, StartsATraceWhereOneOfAnotherOrganisationArrived) {
  EXPECT_EQ(load_with(kSentryTrace, "sentry-org_id=7"), Reason::OtherOrganisation);
  EXPECT_NE(trace_id(), kTrace);
}

TEST_F(PageLoadSpan, ContinuesATraceOfItsOwnOrganisation) {
  EXPECT_EQ(load_with(kSentryTrace, "sentry-org_id=42"), Reason::ContinuedMeta);
}

TEST_F(PageLoadSpan, WaitsForTheDocument) {
  load(50, false);
  run_until(3000);
  EXPECT_FALSE(core.has_payload());
  core.document_ready(at(3000));
  run_until(5000);
  EXPECT_EQ(ms(transaction(5000).payload["timestamp"]), 4000);
}

TEST_F(PageLoadSpan, WaitsThirtySecondsAtMost) {
  load(50, false);
  run_until(60000);
  const Sent sent = transaction(60000);
  EXPECT_EQ(ms(sent.payload["timestamp"]), 30050);
  EXPECT_EQ(sent.trace("status"), "deadline_exceeded");
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "finalTimeout");
}

TEST_F(PageLoadSpan, EndsTheOneBefore) {
  load();
  load(200);
  const Sent sent = transaction(200);
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "cancelled");
  EXPECT_EQ(ms(sent.payload["timestamp"]), 200);
}

// The end of the one before used to count as activity of the new one, whose first idle timer then
// lost the moment at which it fires.
TEST_F(PageLoadSpan, DoesNotTakeTheEndOfTheOneBeforeForActivity) {
  load();
  load(200);
  take(200);
  core.wake(at(1700));
  EXPECT_EQ(ms(transaction(1700).payload["timestamp"]), 1700);
}

TEST_F(PageLoadSpan, CarriesThePageOnWhichItStarted) {
  load();
  core.set_page({"https://app.example.com/next", "https://app.example.com/next"},
                {"https://app.example.com/next", "https://ref.example.com/", "UA/1.0"});
  run_until(2000);
  EXPECT_EQ(
      transaction(2000).payload["request"],
      Json({{"url", kPage},
            {"headers", {{"Referer", "https://ref.example.com/"}, {"User-Agent", "UA/1.0"}}}}));
}

TEST_F(PageLoadSpan, LeavesItsTraceToTheRestOfTheRoute) {
  load();
  const std::string trace = trace_id();
  run_until(2000);
  EXPECT_EQ(trace_id(), trace);
  EXPECT_TRUE(sentry_trace({}).ends_with("-1"));
}

TEST_F(PageLoadSpan, LeavesItsDscToTheRestOfTheRoute) {
  load();
  const std::string before = baggage();
  run_until(2000);
  EXPECT_EQ(active().handle, kNoHandle);
  EXPECT_EQ(baggage(), before);
}

TEST_F(PageLoadSpan, LeavesItsDecisionToLaterRoots) {
  load_with("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0");
  run_until(2000);
  EXPECT_FALSE(span("later", 2500).sampled);
}

TEST_F(PageLoadSpan, LeavesItsRemoteParentToLaterRoots) {
  load_with(kSentryTrace);
  run_until(2000);
  take(2000);
  end(span("later", 2500), 2600);
  const Sent sent = transaction(2600);
  EXPECT_EQ(sent.trace("parent_span_id"), "00f067aa0ba902b7");
  EXPECT_EQ(sent.data("sentry.sample_rate"), nullptr);
}

TEST_F(PageLoadSpan, IsNotThereWithoutTracing) {
  settings.client.traces_sample_rate_given = false;
  configure();
  load();
  EXPECT_EQ(active().handle, kNoHandle);
  EXPECT_EQ(core.deadline(), std::nullopt);
}

TEST_F(PageLoadSpan, SharesTheRestOfTheRouteWhenItWasEndedByHand) {
  load();
  const std::string trace = trace_id();
  end(active(), 300);
  EXPECT_EQ(trace_id(), trace);
  EXPECT_EQ(transaction(300).data("sentry.idle_span_finish_reason"), "externalFinish");
}

}  // namespace
}  // namespace throughline
