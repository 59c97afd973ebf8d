#include "support/driven_core.h"

// When a core wants to be woken and what it does then, and the end of routes with the page.
namespace throughline {
namespace {

struct Waking : DrivenCore {
  Waking() { load(); }
};

TEST_F(Waking, IsWantedOneIdleTimeAfterThePageLoad) { EXPECT_EQ(core.deadline(), at(1050)); }

TEST_F(Waking, IsNotWantedWithoutARoute) {
  end(active(), 100);
  EXPECT_EQ(core.deadline(), std::nullopt);
}

TEST_F(Waking, IsWantedLaterWhileAChildIsOpen) {
  span("child", 100);
  EXPECT_EQ(core.deadline(), at(15100));
}

TEST_F(Waking, IsWantedOneIdleTimeAfterTheLastChildEnded) {
  end(span("child", 100), 400);
  EXPECT_EQ(core.deadline(), at(1400));
}

TEST_F(Waking, IsWantedAtTheFinalTimeAtTheLatest) {
  span("child", 100);
  run_until(14000);
  span("another", 14000);
  span("a third", 28000);
  EXPECT_EQ(core.deadline(), at(30050));
}

TEST_F(Waking, DoesNothingTooEarly) {
  core.wake(at(1049.999));
  EXPECT_FALSE(core.has_payload());
  EXPECT_EQ(core.deadline(), at(1050));
}

TEST_F(Waking, EndsARouteWithoutChildrenAtTheMomentItHappens) {
  core.wake(at(1700));
  EXPECT_EQ(ms(transaction(1700).payload["timestamp"]), 1700);
}

TEST_F(Waking, EndsARouteThatHadChildrenWhenTheLastOfThemEnded) {
  end(span("child", 100), 400);
  core.wake(at(5000));
  EXPECT_EQ(ms(transaction(5000).payload["timestamp"]), 400);
}

TEST_F(Waking, EndsARouteWithAnOpenChildAtTheScheduledTimeHoweverLate) {
  span("child", 100);
  core.wake(at(20000));
  const Sent sent = transaction(20000);
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "heartbeatFailed");
  EXPECT_EQ(ms(sent.payload["timestamp"]), 15100);
}

TEST_F(Waking, TellsTheTimerThatCameFirstWhenSeveralAreOverdue) {
  end(span("child", 100), 400);
  core.wake(at(99999));
  EXPECT_EQ(transaction(99999).data("sentry.idle_span_finish_reason"), "idleTimeout");
}

TEST_F(Waking, IsPostponedByActivityBeforeALateWake) {
  span("child", 1200);
  core.wake(at(1300));
  EXPECT_FALSE(core.has_payload());
}

TEST_F(Waking, PostponesAnIdleSpanWhenAnotherOneEnds) {
  core.start_idle_span({}, {.name = "other", .no_parent = true}, {}, at(60));
  core.wake(at(2000));
  EXPECT_EQ(take(2000).size(), 1U);
  EXPECT_EQ(core.deadline(), at(3000));
}

TEST_F(Waking, GivesTheActiveSpanBackToTheOneBefore) {
  const Handle route = active().handle;
  span("keeps the route open", 55);
  const StartedSpan other =
      core.start_idle_span({}, {.name = "other", .no_parent = true}, {}, at(60));
  EXPECT_EQ(active().handle, other.handle);
  core.wake(at(1060));
  EXPECT_EQ(active().handle, route);
}

struct HiddenPage : DrivenCore {
  HiddenPage() { load(); }
};

TEST_F(HiddenPage, EndsTheRoute) {
  core.page_hidden({}, at(700));
  const Sent sent = transaction(700);
  EXPECT_EQ(ms(sent.payload["timestamp"]), 700);
  EXPECT_EQ(sent.trace("status"), "cancelled");
  EXPECT_EQ(sent.data("sentry.cancellation_reason"), "document.hidden");
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "externalFinish");
}

TEST_F(HiddenPage, CancelsWhatIsOpen) {
  span("child", 100);
  core.page_hidden({}, at(700));
  EXPECT_EQ(transaction(700).span("child")["status"], "cancelled");
}

TEST_F(HiddenPage, KeepsAStatusThatIsSet) {
  core.tracer().set_status(*core.tracer().store().find(active().handle), StatusCode::Error,
                           "not_found");
  core.page_hidden({}, at(700));
  EXPECT_EQ(transaction(700).trace("status"), "not_found");
}

TEST_F(HiddenPage, LeavesTheRouteOpenWhereTheOptionIsOff) {
  settings.route.mark_background_span = false;
  configure();
  core.page_hidden({}, at(700));
  EXPECT_TRUE(take(700).empty());
  EXPECT_NE(active().handle, kNoHandle);
}

TEST_F(HiddenPage, DoesNothingWithoutAnActiveSpan) {
  end(active(), 100);
  take(100);
  core.page_hidden({}, at(700));
  EXPECT_TRUE(take(700).empty());
}

TEST_F(HiddenPage, EndsTheRootOfTheSpanThatIsActiveThere) {
  const StartedSpan root = core.start_span({}, {.name = "root", .no_parent = true}, at(60));
  const StartedSpan child = span("child", 70, root.handle);
  core.page_hidden({Runtime::kGlobalScope, child.handle}, at(700));
  // The client report about its open child follows.
  EXPECT_EQ(take(700).at(0).payload["transaction"], "root");
  EXPECT_NE(active().handle, kNoHandle);
}

TEST_F(HiddenPage, StartsNothingOnReturn) {
  core.page_hidden({}, at(700));
  take(700);
  run_until(60000);
  EXPECT_EQ(active().handle, kNoHandle);
  EXPECT_FALSE(core.has_payload());
}

}  // namespace
}  // namespace throughline
