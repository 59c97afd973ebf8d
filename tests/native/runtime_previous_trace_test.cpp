#include "support/driven_core.h"

// What a root tells of the trace before its own (lifecycle.md section 8).
namespace throughline {
namespace {

constexpr std::string_view kLast = "https://app.example.com/last";
constexpr std::string_view kOfServer = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1";
constexpr double kHour = 3600e3;

struct WithTraceBefore : DrivenCore {
  // What a page of the session before this one left.
  void restore(bool sampled, double rate) {
    const std::optional<TraceId> trace_id = parse_trace_id("4bf92f3577b34da6a3ce929d0e0e4736");
    const std::optional<SpanId> span_id = parse_span_id("00f067aa0ba902b7");
    core.tracer().previous_trace.restore({*trace_id, *span_id, sampled, at(-1000), rate, 0.5});
  }
};

struct TraceBefore : WithTraceBefore {
  // The transactions of two routes.
  std::vector<Sent> two_routes(double second_at = 5000) {
    load();
    run_until(second_at);
    std::vector<Sent> sent = take(second_at);
    go(kNext, second_at);
    run_until(second_at + 2000);
    for (Sent& more : take(second_at + 2000)) sent.push_back(std::move(more));
    return sent;
  }
  // `contexts.trace.links`, null if there are none.
  static Json links(const Sent& sent) { return sent.trace("links"); }
};

TEST_F(TraceBefore, IsLinked) {
  const std::vector<Sent> sent = two_routes();
  ASSERT_EQ(sent.size(), 2U);
  const Json expected = {{"span_id", sent[0].trace("span_id")},
                         {"trace_id", sent[0].trace("trace_id")},
                         {"sampled", true},
                         {"attributes", {{"sentry.link.type", "previous_trace"}}}};
  EXPECT_EQ(links(sent[1]), Json::array({expected}));
  const std::string text = sent[0].trace("trace_id").get<std::string>() + "-" +
                           sent[0].trace("span_id").get<std::string>() + "-1";
  EXPECT_EQ(sent[1].data("sentry.previous_trace"), text);
}

TEST_F(TraceBefore, IsUnknownToTheFirstRoot) {
  load();
  run_until(3000);
  const Sent sent = transaction(3000);
  EXPECT_EQ(links(sent), Json());
  EXPECT_EQ(sent.data("sentry.previous_trace"), Json());
}

TEST_F(TraceBefore, IsNotLinkedFromFurtherRootsOfTheTrace) {
  load();
  run_until(3000);
  take(3000);
  end(span("later", 4000), 4100);
  EXPECT_EQ(links(transaction(4100)), Json());
}

TEST_F(TraceBefore, IsItsFirstRootWhateverCameLater) {
  load();
  run_until(3000);
  const Sent first = transaction(3000);
  end(span("later", 4000), 4100);
  take(4100);
  go(kNext, 5000);
  run_until(7000);
  EXPECT_EQ(links(transaction(7000))[0]["span_id"], first.trace("span_id"));
}

TEST_F(TraceBefore, IsLinkedForAnHour) { EXPECT_NE(links(two_routes(kHour).back()), Json()); }

TEST_F(TraceBefore, IsForgottenAfterAnHour) {
  EXPECT_EQ(links(two_routes(kHour + 1).back()), Json());
}

TEST_F(TraceBefore, IsNotLinkedWhereTheOptionSaysSo) {
  settings.route.link_previous_trace = LinkPreviousTrace::Off;
  configure();
  EXPECT_EQ(links(two_routes().back()), Json());
}

TEST_F(TraceBefore, IsLinkedAsNotSampled) {
  load_with("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0");
  run_until(3000);
  take(3000);
  go(kNext, 5000);
  run_until(7000);
  const Sent sent = transaction(7000);
  EXPECT_EQ(links(sent)[0]["sampled"], false);
  EXPECT_TRUE(sent.data("sentry.previous_trace").get<std::string>().ends_with("-0"));
}

TEST_F(TraceBefore, OfThePageBeforeIsLinked) {
  settings.route.link_previous_trace = LinkPreviousTrace::SessionStorage;
  configure();
  restore(true, 1);
  load();
  run_until(3000);
  EXPECT_EQ(links(transaction(3000))[0]["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST_F(TraceBefore, InTheStorageDoesNotCountWhereLinksAreKeptInMemory) {
  restore(true, 1);
  load();
  run_until(3000);
  EXPECT_EQ(links(transaction(3000)), Json());
}

TEST_F(TraceBefore, IsToBeStoredForTheSessionOnly) {
  load();
  EXPECT_FALSE(core.tracer().previous_trace.has_to_be_stored());
  settings.route.link_previous_trace = LinkPreviousTrace::SessionStorage;
  configure();
  go(kNext, 5000);
  EXPECT_TRUE(core.tracer().previous_trace.has_to_be_stored());
}

TEST_F(TraceBefore, IsStoredInTheFormOfThePeer) {
  settings.route.link_previous_trace = LinkPreviousTrace::SessionStorage;
  configure();
  load();
  const Json stored = Json::parse(std::string{core.tracer().previous_trace.take_json()});
  EXPECT_FALSE(core.tracer().previous_trace.has_to_be_stored());
  EXPECT_EQ(stored["spanContext"]["traceId"], trace_id());
  EXPECT_EQ(stored["spanContext"]["spanId"], to_hex(active().id));
  EXPECT_EQ(stored["spanContext"]["traceFlags"], 1);
  EXPECT_EQ(ms(stored["startTimestamp"]), 0);
  EXPECT_EQ(stored["sampleRate"], 1);
  EXPECT_TRUE(stored["sampleRand"].is_number());
}

struct ConsistentSampling : WithTraceBefore {
  ConsistentSampling() {
    settings.route.consistent_trace_sampling = true;
    settings.client.traces_sample_rate = 1;
    configure();
  }
};

TEST_F(ConsistentSampling, TakesOverDecisionRateAndRandomNumber) {
  load();
  const std::string rand = baggage().substr(baggage().find("sample_rand="), 20);
  run_until(3000);
  take(3000);
  settings.client.traces_sample_rate = 0;
  configure();
  go(kNext, 5000);
  EXPECT_TRUE(active().sampled);
  EXPECT_NE(baggage().find(rand.substr(0, rand.find(','))), std::string::npos);
  EXPECT_NE(baggage().find("sentry-sample_rate=1"), std::string::npos);
  run_until(7000);
  const Sent sent = transaction(7000);
  EXPECT_EQ(sent.data("sentry.previous_trace_sample_rate"), 1);
  EXPECT_EQ(sent.data("sentry.sample_rate"), Json());
}

TEST_F(ConsistentSampling, LeavesTheFirstTraceOfAServerToTheServer) {
  settings.route.link_previous_trace = LinkPreviousTrace::SessionStorage;
  configure();
  restore(false, 0);
  load_with(kOfServer);
  EXPECT_TRUE(active().sampled);
}

TEST_F(ConsistentSampling, TellsTheSamplerOfTheTraceBefore) {
  load();
  run_until(3000);
  settings.client.has_traces_sampler = true;
  configure();
  EXPECT_EQ(core.route_change({{at(5000), at(5000)}, kNext}).asks, kAskDecision);
  EXPECT_EQ(core.decision_input().parent_sampled, true);
  EXPECT_EQ(core.decision_input().parent_sample_rate, 1);
}

TEST_F(ConsistentSampling, DoesNothingWithoutLinks) {
  settings.route.link_previous_trace = LinkPreviousTrace::Off;
  configure();
  load();
  settings.client.traces_sample_rate = 0;
  configure();
  go(kLast, 5000);
  EXPECT_FALSE(active().sampled);
}

}  // namespace
}  // namespace throughline
