#include "throughline/route/idle_span.h"

#include <gtest/gtest.h>

#include <string>

#include "support/tracing.h"

// Timelines of whole idle spans stand in tests/cases/idle-span.json.
namespace throughline {
namespace {

struct Idle : Tracing {
  void begin(const IdleOptions& idle_options = {}, double now = 0) {
    root = tracer.start(scope, {}, {.name = "idle", .no_parent = true}, at(0));
    tracer.notes().clear();
    idle.emplace(idle_options, root.handle, kNoHandle, kNoHandle, at(now));
  }
  StartedSpan child(double now, std::string_view name = "child") {
    const StartedSpan started =
        tracer.start(scope, {}, {.name = name, .parent = root.handle}, at(now));
    pass_on(now);
    return started;
  }
  void end_child(const StartedSpan& started, double end, double now) {
    tracer.end(*find(started), at(end));
    pass_on(now);
  }
  void pass_on(double now) {
    for (const SpanNote& note : tracer.notes()) idle->note(note, at(now));
    tracer.notes().clear();
  }
  void finish(double requested_end) { idle->finish(tracer, "idleTimeout", at(requested_end)); }
  SpanRecord& record() { return *find(root); }
  const AttributeValue* attribute(std::string_view key) { return record().attributes.find(key); }

  StartedSpan root;
  std::optional<IdleSpan> idle;
};

TEST_F(Idle, IsNotDueBeforeItsTime) {
  begin();
  EXPECT_EQ(idle->due(at(999.999)), std::nullopt);
  EXPECT_EQ(idle->deadline(), at(1000));
}

TEST_F(Idle, EndsAtTheMomentOfTheFirstTimer) {
  begin();
  const auto end = idle->due(at(1234));
  ASSERT_TRUE(end);
  EXPECT_EQ(end->reason, "idleTimeout");
  EXPECT_EQ(end->requested_end, at(1234));
}

TEST_F(Idle, EndsAtTheScheduledTimeOfALaterTimer) {
  begin();
  end_child(child(100), 400, 400);
  EXPECT_EQ(idle->due(at(9999))->requested_end, at(1400));
}

TEST_F(Idle, EndsAtTheMomentOfTheTimerThatTheAutoFinishSignalStarted) {
  begin({.timeouts = {}, .auto_finish = false});
  idle->enable_auto_finish(at(500));
  EXPECT_EQ(idle->due(at(1777))->requested_end, at(1777));
}

TEST_F(Idle, IsNotWaitedForWhileAChildIsOpen) {
  begin();
  child(100);
  EXPECT_EQ(idle->due(at(5000)), std::nullopt);
}

TEST_F(Idle, EndsOneChildTimeAfterTheLastChildStarted) {
  begin();
  child(100);
  child(5000);
  EXPECT_EQ(idle->deadline(), at(20000));
  const auto end = idle->due(at(20500));
  EXPECT_EQ(end->reason, "heartbeatFailed");
  EXPECT_EQ(end->requested_end, at(20000));
}

TEST_F(Idle, KeepsTheChildTimerWhileAnotherChildIsOpen) {
  begin();
  const StartedSpan first = child(100);
  child(200);
  end_child(first, 300, 300);
  EXPECT_EQ(idle->deadline(), at(15200));
}

TEST_F(Idle, IsDueAtTheFinalTimeWhateverIsOpen) {
  begin({.timeouts = {.final = milliseconds(2000)}});
  child(100);
  const auto end = idle->due(at(2100));
  EXPECT_EQ(end->reason, "finalTimeout");
  EXPECT_EQ(end->requested_end, at(2100));
  EXPECT_TRUE(end->deadline_exceeded);
}

TEST_F(Idle, CountsTheFinalTimeFromItsCreation) {
  begin({.timeouts = {}, .auto_finish = false}, 70);
  EXPECT_EQ(idle->deadline(), at(30070));
}

TEST_F(Idle, LetsTimersFireForNothingBeforeTheAutoFinishSignal) {
  begin({.timeouts = {}, .auto_finish = false});
  end_child(child(100), 200, 200);
  EXPECT_EQ(idle->due(at(1200)), std::nullopt);
  idle->goes_on(at(1200));
  EXPECT_EQ(idle->deadline(), at(30000));
}

TEST_F(Idle, StartsNoIdleTimerAtTheSignalWhileAChildIsOpen) {
  begin({.timeouts = {}, .auto_finish = false});
  child(100);
  idle->enable_auto_finish(at(500));
  EXPECT_EQ(idle->deadline(), at(15500));
}

TEST_F(Idle, HearsTheAutoFinishSignalOnce) {
  begin({.timeouts = {}, .auto_finish = false});
  idle->enable_auto_finish(at(500));
  idle->enable_auto_finish(at(900));
  EXPECT_EQ(idle->deadline(), at(1500));
}

TEST_F(Idle, IsPostponedByTheEndOfAnySpan) {
  begin();
  const StartedSpan other = start({.name = "other", .no_parent = true});
  end_child(other, 700, 700);
  EXPECT_EQ(idle->deadline(), at(1700));
}

TEST_F(Idle, IsNotPostponedByTheStartOfAnotherRoot) {
  begin();
  start({.name = "other", .no_parent = true});
  pass_on(700);
  EXPECT_EQ(idle->deadline(), at(1000));
}

TEST_F(Idle, IsKeptOpenByGrandchildren) {
  begin();
  const StartedSpan first = child(100);
  tracer.start(scope, {}, {.name = "grandchild", .parent = first.handle}, at(150));
  pass_on(150);
  end_child(first, 200, 200);
  EXPECT_EQ(idle->due(at(1300)), std::nullopt);
}

TEST_F(Idle, TrimsItsEndToTheLatestEndOfAChild) {
  begin();
  end_child(child(100), 400, 400);
  end_child(child(110), 300, 400);
  finish(1400);
  EXPECT_EQ(record().end, at(400));
}

TEST_F(Idle, DoesNotTrimWhereTheOptionIsOff) {
  begin({.timeouts = {}, .trim_end = false});
  end_child(child(100), 400, 400);
  finish(1400);
  EXPECT_EQ(record().end, at(1400));
}

TEST_F(Idle, NeverEndsBeforeItsStart) {
  begin();
  finish(-50);
  EXPECT_EQ(record().end, at(0));
}

TEST_F(Idle, NeverLastsLongerThanTheFinalTimeWhenItHasChildren) {
  begin({.timeouts = {.final = milliseconds(2000)}});
  end_child(child(100), 5000, 300);
  finish(4000);
  EXPECT_EQ(record().end, at(2000));
}

TEST_F(Idle, EndsOpenChildrenAsCancelled) {
  begin();
  const StartedSpan open = child(100);
  finish(700);
  EXPECT_EQ(find(open)->status.text(), "cancelled");
  EXPECT_EQ(find(open)->end, at(700));
}

TEST_F(Idle, ThrowsOutChildrenThatStartAfterItsEnd) {
  begin();
  end_child(child(100), 400, 400);
  const StartedSpan late = child(500);
  finish(1400);
  EXPECT_EQ(find(late), nullptr);
  EXPECT_EQ(attribute("sentry.idle_span_discarded_spans")->number, 1);
}

TEST_F(Idle, ThrowsOutChildrenThatLastedTooLong) {
  begin({.timeouts = {.final = milliseconds(2000)}});
  const StartedSpan just = child(0);
  const StartedSpan too_long = child(0);
  end_child(just, 3000, 100);
  end_child(too_long, 3001, 100);
  finish(1100);
  EXPECT_NE(find(just), nullptr);
  EXPECT_EQ(find(too_long), nullptr);
}

TEST_F(Idle, DoesNotTellOfChildrenThrownOutWhenThereAreNone) {
  begin();
  finish(1000);
  EXPECT_EQ(attribute("sentry.idle_span_discarded_spans"), nullptr);
}

TEST_F(Idle, KeepsAReasonThatIsSet) {
  begin();
  tracer.set_attribute(record(), "sentry.idle_span_finish_reason",
                       AttributeValue::of("interactionInterrupted"));
  finish(1000);
  EXPECT_EQ(record().attributes.text("sentry.idle_span_finish_reason"), "interactionInterrupted");
}

TEST_F(Idle, IsOkUnlessAStatusIsSet) {
  begin();
  finish(1000);
  EXPECT_EQ(record().status.text(), "ok");
}

TEST_F(Idle, KeepsAStatusThatIsSet) {
  begin();
  tracer.set_status(record(), StatusCode::Error, "not_found");
  finish(1000);
  EXPECT_EQ(record().status.text(), "not_found");
}

TEST_F(Idle, TellsTheReasonWhenItIsUnsampledToo) {
  options.traces_sample_rate = 0;
  begin();
  finish(1000);
  ASSERT_NE(find(root), nullptr);
  EXPECT_EQ(record().attributes.text("sentry.idle_span_finish_reason"), "idleTimeout");
}

TEST_F(Idle, IsNotDisturbedWhenItsSpanIsGone) {
  begin();
  store.remove_root(*record().root);
  finish(1000);
  EXPECT_TRUE(tracer.due().empty());
}

}  // namespace
}  // namespace throughline
