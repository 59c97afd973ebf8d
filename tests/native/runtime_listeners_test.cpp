#include "support/driven_core.h"

// What a core tells of spans to those who listen, and what it asks before it ends one
// (lifecycle.md section 6; design.md decision 12).
namespace throughline {
namespace {

struct Listening : DrivenCore {
  Listening() {
    configure();
    core.tracer().listeners.spans = true;
  }
  std::string heard() {
    std::string all;
    for (Heard next = core.hear(); next.kind != SpanNote::Kind::None; next = core.hear()) {
      constexpr const char* kNames[] = {"", "start", "end", "auto"};
      all.append(all.empty() ? "" : " ").append(kNames[static_cast<std::size_t>(next.kind)]);
      last = next.span;
    }
    return all;
  }
  StartedSpan last;
};

TEST_F(Listening, ItTellsWhatStartedAndEndedInThatOrder) {
  const StartedSpan root = span("root", 0);
  end(root, 10);
  EXPECT_TRUE(core.has_heard());
  EXPECT_EQ(heard(), "start end");
  EXPECT_EQ(last.handle, root.handle);
  EXPECT_FALSE(core.has_heard());
}

TEST_F(Listening, ItTellsTheEndOfARouteBeforeThatIsTaken) {
  load();
  heard();
  run_until(2000);
  EXPECT_EQ(heard(), "end");
  EXPECT_TRUE(core.has_payload());
}

TEST_F(Listening, ItTellsThatARouteMayEndFromNowOn) {
  load(50, false);
  EXPECT_EQ(heard(), "start");
  core.document_ready(at(100));
  EXPECT_EQ(heard(), "auto");
}

TEST_F(Listening, WhatWasDiscardedMeanwhileIsNotTold) {
  const StartedSpan root = span("root", 0);
  end(root, 10);
  take(10);
  EXPECT_EQ(heard(), "");
}

TEST_F(Listening, WithoutListenersNothingIsKept) {
  core.tracer().listeners.spans = false;
  end(span("root", 0), 10);
  EXPECT_FALSE(core.has_heard());
}

struct AskedBeforeTheEnd : DrivenCore {
  AskedBeforeTheEnd() {
    configure();
    IdleOptions options;
    options.ask_before_end = true;
    idle = core.start_idle_span({}, {.name = "idle"}, options, at(0)).handle;
  }
  bool ended() { return core.tracer().store().find(idle)->ended; }
  Handle idle;
};

TEST_F(AskedBeforeTheEnd, ATimerChangesNothingBeforeTheAnswer) {
  EXPECT_EQ(core.wake(at(1000)), kAskEnd);
  EXPECT_EQ(core.ending(), idle);
  EXPECT_FALSE(ended());
  EXPECT_EQ(core.wake(at(1000)), kAskNothing);
  EXPECT_TRUE(ended());
}

TEST_F(AskedBeforeTheEnd, SoDoesAnEndByHand) {
  EXPECT_EQ(core.end_span(idle, at(10), at(10)), kAskEnd);
  EXPECT_FALSE(ended());
  EXPECT_EQ(core.end_span(idle, at(10), at(10)), kAskNothing);
  EXPECT_TRUE(ended());
}

TEST_F(AskedBeforeTheEnd, SoDoesAHiddenPage) {
  EXPECT_EQ(core.page_hidden({Runtime::kGlobalScope}, at(10)), kAskEnd);
  EXPECT_EQ(core.tracer().store().find(idle)->status.code, StatusCode::Unset);
  EXPECT_EQ(core.page_hidden({Runtime::kGlobalScope}, at(10)), kAskNothing);
  EXPECT_TRUE(ended());
}

TEST_F(AskedBeforeTheEnd, AnAnswerThatPostponesTheEndIsAskedForAgain) {
  EXPECT_EQ(core.wake(at(1000)), kAskEnd);
  const StartedSpan child = span("child", 1000);
  EXPECT_EQ(core.wake(at(1000)), kAskNothing);
  EXPECT_FALSE(ended());
  end(child, 1100);
  EXPECT_EQ(core.wake(at(2100)), kAskEnd);
}

TEST_F(DrivenCore, ARouteAsksForItsDescriptionOnlyWhereOneStarts) {
  load();
  Navigation same{{at(100), at(100)}, kPage};
  same.ask_first = true;
  EXPECT_EQ(core.route_change(same).asks, kAskNothing);
  Navigation away{{at(100), at(100)}, "https://app.example.com/next"};
  away.ask_first = true;
  const RouteChange asked = core.route_change(away);
  EXPECT_EQ(asked.asks, kAskRoute);
  EXPECT_EQ(asked.reason, Reason::Redirect);
  EXPECT_EQ(core.tracer().store().find(active().handle)->root->children.size(), 0U);
}

}  // namespace
}  // namespace throughline
