#include "support/driven_core.h"

// What a core hands to the transport, and in which order (envelope.md sections 6 and 7).
namespace throughline {
namespace {

struct Delivery : DrivenCore {
  void finished_root(std::string_view name, double now) { end(span(name, now), now + 1); }
};

TEST_F(Delivery, HasNothingToBeginWith) {
  EXPECT_FALSE(core.has_payload());
  EXPECT_EQ(core.take(at(0)).id, 0U);
}

TEST_F(Delivery, TakesRootsInTheOrderOfTheirEnds) {
  const StartedSpan first = span("first", 0);
  finished_root("second", 10);
  end(first, 20);
  const std::vector<Sent> sent = take(30);
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].payload["transaction"], "second");
  EXPECT_EQ(sent[1].payload["transaction"], "first");
}

TEST_F(Delivery, TakesTheReportLast) {
  core.losses().add("invalid", "span");
  finished_root("root", 10);
  core.page_hidden({}, at(20));
  const std::vector<Sent> sent = take(20);
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[1].item, Json({{"type", "client_report"}}));
}

TEST_F(Delivery, TakesEachRootOnce) {
  finished_root("root", 10);
  EXPECT_EQ(take(20).size(), 1U);
  EXPECT_FALSE(core.has_payload());
  EXPECT_TRUE(core.tracer().store().roots().empty());
}

TEST_F(Delivery, StampsAnEnvelopeWithTheTimeAtWhichItIsTaken) {
  finished_root("root", 10);
  EXPECT_EQ(transaction(1234).header["sent_at"], "2023-11-14T22:13:21.234Z");
}

TEST_F(Delivery, CountsChildrenThatAreOpenWhenTheirRootIsTaken) {
  const StartedSpan root = span("root", 0);
  span("one", 1, root.handle);
  span("two", 2, root.handle);
  end(span("three", 3, root.handle), 4);
  end(root, 5);
  EXPECT_EQ(transaction(5).payload["spans"].size(), 1U);
  EXPECT_EQ(lost("invalid", "span"), 2U);
}

TEST_F(Delivery, DoesNotCountARequestThatOutlastsItsRoot) {
  const StartedSpan root = span("root", 0);
  request(1, "/slow", {Runtime::kGlobalScope, root.handle});
  end(root, 5);
  EXPECT_EQ(transaction(5).payload["spans"].size(), 0U);
  EXPECT_EQ(lost("invalid", "span"), 0U);
}

TEST_F(Delivery, HasNoOpenChildrenInARouteThatEnded) {
  load();
  span("child", 100);
  end(active(), 200);
  take(200);
  EXPECT_EQ(lost("invalid", "span"), 0U);
}

// A root that was sent while an object of the host stands for it.
struct SentRoot : DrivenCore {
  SentRoot() : root(span("root", 0)) {
    core.tracer().store().hold(root.handle);
    child = span("child", 1, root.handle);
    end(root, 5);
    take(5);
  }

  StartedSpan root;
  StartedSpan child;
};

TEST_F(SentRoot, IsStillTheActiveSpanOfItsFork) {
  const Place inside{kNoHandle, child.handle};
  request(10, "/late", inside);
  EXPECT_EQ(core.active_span(inside).id, child.id);
  EXPECT_EQ(core.active_span(inside).trace_id, root.trace_id);
  EXPECT_EQ(core.header_texts_at(inside).sentry_trace_suffix(), "-1");
}

TEST_F(SentRoot, CountsChildrenThatComeTooLate) {
  EXPECT_EQ(lost("invalid", "span"), 1U);
  const RequestAnswer answer = request(10, "/late", {kNoHandle, root.handle});
  EXPECT_EQ(answer.span, kNoHandle);
  EXPECT_EQ(lost("invalid", "span"), 2U);
  EXPECT_EQ(lost("no_parent_span", "span"), 0U);
}

TEST_F(SentRoot, TakesNoMoreChanges) {
  core.tracer().set_name(*core.tracer().store().find(root.handle), "other");
  EXPECT_EQ(Json::parse(std::string{core.span_json(root.handle)})["description"], "root");
}

TEST_F(SentRoot, IsNotMadeActiveAgainByAnIdleSpanThatBeganInIt) {
  const StartedSpan before = span("before", 20);
  core.tracer().store().hold(before.handle);
  core.activate(Runtime::kGlobalScope, before.handle);
  const StartedSpan idle = core.start_idle_span({Runtime::kGlobalScope},
                                                {.name = "idle", .no_parent = true}, {}, at(21));
  core.tracer().end(*core.tracer().store().find(before.handle), at(22));
  take(22);
  end(idle, 30);
  EXPECT_EQ(active().handle, kNoHandle);
}

TEST_F(SentRoot, IsNotSentOnceMore) {
  end(child, 20);
  EXPECT_TRUE(take(20).empty());
}

TEST_F(Delivery, SendsNothingOfAnUnsampledRoot) {
  settings.client.traces_sample_rate = 0;
  configure();
  finished_root("root", 10);
  EXPECT_TRUE(take(20).empty());
  EXPECT_FALSE(core.has_payload());
  EXPECT_TRUE(core.tracer().store().roots().empty());
}

TEST_F(Delivery, SendsNothingWithoutADsn) {
  settings.client.dsn.reset();
  configure();
  finished_root("root", 10);
  core.losses().add("invalid", "span");
  core.page_hidden({}, at(20));
  EXPECT_TRUE(take(20).empty());
  EXPECT_FALSE(core.has_payload());
  EXPECT_TRUE(core.tracer().store().roots().empty());
}

TEST_F(Delivery, LosesAndCountsTheFortyFirstRequestInFlight) {
  for (int i = 0; i < 41; ++i) finished_root("root", i);
  int taken = 0;
  while (core.take(at(100)).id != 0) ++taken;
  EXPECT_EQ(taken, 40);
  EXPECT_EQ(lost("queue_overflow", "transaction"), 1U);
}

// The host knows the scopes in which it started.
TEST_F(Delivery, NamesTheRootOfATransaction) {
  const StartedSpan root = span("root", 10);
  end(root, 11);
  EXPECT_EQ(core.take(at(20)).root, root.handle);
}

TEST_F(Delivery, NamesNoRootOfAClientReport) {
  core.losses().add("invalid", "span");
  core.page_hidden({}, at(20));
  const Payload payload = core.take(at(20));
  EXPECT_NE(payload.id, 0U);
  EXPECT_EQ(payload.root, kNoHandle);
}

TEST_F(Delivery, OutlivesThePageWhileLittleIsInFlight) {
  finished_root("root", 10);
  const Payload payload = core.take(at(20));
  EXPECT_TRUE(core.weigh(payload.id, payload.text.size()));
}

TEST_F(Delivery, DoesNotOutliveThePageWithALargeEnvelope) {
  const std::string name(60000, 'x');
  finished_root(name, 10);
  const Payload payload = core.take(at(20));
  EXPECT_FALSE(core.weigh(payload.id, payload.text.size()));
}

TEST_F(Delivery, CountsATransactionThatGotNoResponse) {
  finished_root("root", 10);
  core.settled(core.take(at(20)).id, 0);
  EXPECT_EQ(lost("network_error", "transaction"), 1U);
}

using ClientReport = Delivery;

TEST_F(ClientReport, ListsLossesByReasonAndCategory) {
  core.losses().add("network_error", "transaction");
  core.losses().add("invalid", "span", 3);
  core.page_hidden({}, at(20));
  const std::vector<Sent> sent = take(20);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].header, Json::object());
  EXPECT_EQ(sent[0].payload.dump(),
            R"({"timestamp":1700000000.02,"discarded_events":[)"
            R"({"reason":"network_error","category":"transaction","quantity":1},)"
            R"({"reason":"invalid","category":"span","quantity":3}]})");
}

TEST_F(ClientReport, IsNotMadeWithoutLosses) {
  core.page_hidden({}, at(20));
  EXPECT_TRUE(take(20).empty());
  EXPECT_FALSE(core.has_payload());
}

TEST_F(ClientReport, IsNotMadeWhileThePageIsVisible) {
  core.losses().add("invalid", "span");
  EXPECT_TRUE(take(20).empty());
}

TEST_F(ClientReport, IsNotMadeWhereTheOptionIsOff) {
  settings.client.send_client_reports = false;
  configure();
  core.losses().add("invalid", "span");
  core.page_hidden({}, at(20));
  EXPECT_TRUE(take(20).empty());
}

TEST_F(ClientReport, ReportsEachLossOnce) {
  core.losses().add("invalid", "span");
  EXPECT_EQ(report(20), Json({{"invalid/span", 1}}));
  EXPECT_EQ(report(30), Json::object());
}

TEST_F(ClientReport, TellsOfTheOpenChildrenOfATransactionTakenBeforeIt) {
  const StartedSpan root = span("root", 0);
  span("open", 1, root.handle);
  end(root, 5);
  EXPECT_EQ(report(20), Json({{"invalid/span", 1}}));
}

TEST_F(ClientReport, IsMadeWhenTheClientIsClosed) {
  core.losses().add("invalid", "span");
  core.close(at(20));
  EXPECT_EQ(take(20).size(), 1U);
}

TEST_F(ClientReport, IsNotMissedWhenItIsLost) {
  core.losses().add("invalid", "span");
  core.page_hidden({}, at(20));
  core.settled(core.take(at(20)).id, 0);
  EXPECT_TRUE(core.losses().empty());
}

struct Closed : DrivenCore {
  Closed() {
    load();
    core.close(at(500));
  }
};

TEST_F(Closed, SendsTheRouteThatWasOpen) {
  const Sent sent = transaction(500);
  EXPECT_EQ(ms(sent.payload["timestamp"]), 500);
  EXPECT_EQ(sent.data("sentry.idle_span_finish_reason"), "externalFinish");
}

TEST_F(Closed, AttachesNothing) {
  EXPECT_FALSE(request(600).attach);
  EXPECT_EQ(request(600).reason, Reason::Disabled);
}

// Spans of the application used to be recorded, and sent, after the close.
TEST_F(Closed, RecordsNothing) {
  take(500);
  EXPECT_EQ(span("x", 600).handle, kNoHandle);
  go("https://app.example.com/next", 9000);
  EXPECT_EQ(active().handle, kNoHandle);
  EXPECT_FALSE(core.has_payload());
}

TEST_F(Closed, HasNothingMoreToWakeFor) { EXPECT_EQ(core.deadline(), std::nullopt); }

TEST_F(Closed, WorksAgainWithNewOptions) {
  configure();
  EXPECT_TRUE(request(600).attach);
  EXPECT_NE(span("x", 600).handle, kNoHandle);
}

}  // namespace
}  // namespace throughline
