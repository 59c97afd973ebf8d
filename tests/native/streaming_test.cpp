#include "support/streamed_core.h"

// Spans that are sent one by one (envelope.md section 8).
namespace throughline {
namespace {

using Json = StreamedCore::Json;

struct Streamed : StreamedCore {};

TEST_F(Streamed, AreSentHalfASecondAfterTheirSegmentEnded) {
  const StartedSpan root = span("root", 0);
  end(root, 100);
  run_until(599);
  EXPECT_TRUE(sent.empty());
  run_until(600);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].at, 600);
}

TEST_F(Streamed, AreSentFiveSecondsAfterTheFirstOfThemWhateverIsOpen) {
  const StartedSpan root = span("root", 0);
  end(span("child", 1, root.handle), 100);
  run_until(60000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].at, 5100);
  EXPECT_EQ(sent[0].names(), std::vector<std::string>{"child"});
}

TEST_F(Streamed, TellTheTraceOfTheirSegment) {
  const StartedSpan root = span("root", 0);
  end(root, 1);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].header["trace"]["trace_id"], to_hex(root.trace_id));
  EXPECT_EQ(sent[0].header["trace"]["transaction"], "root");
}

TEST_F(Streamed, GoInOneEnvelopeForEachTrace) {
  core.start_new_trace();
  const Handle other = core.start_new_trace().handle;
  end(span("one", 0), 10);
  const StartedSpan two = core.start_span({other}, {.name = "two"}, at(20));
  settle(20);
  end(two, 30);
  run_until(1000);
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].names(), std::vector<std::string>{"one"});
  EXPECT_EQ(sent[1].names(), std::vector<std::string>{"two"});
}

TEST_F(Streamed, FollowWhenTheyEndAfterTheirSegment) {
  const StartedSpan root = span("root", 0);
  const StartedSpan late = span("late", 1, root.handle);
  end(root, 10);
  run_until(2000);
  end(late, 3000);
  run_until(20000);
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[1].names(), std::vector<std::string>{"late"});
  EXPECT_EQ(sent[1].header["trace"]["transaction"], "root");
  EXPECT_EQ(sent[1].value("late", "sentry.segment.name"), "root");
  EXPECT_TRUE(core.tracer().store().roots().empty());
}

TEST_F(Streamed, AreNotWaitedForForEver) {
  for (int i = 0; i < 50; ++i) {
    const StartedSpan root = span("root", 10 * i);
    span("open", 10 * i + 1, root.handle);
    end(root, 10 * i + 2);
  }
  EXPECT_EQ(core.tracer().store().roots().size(), 32U);
  EXPECT_EQ(lost("invalid", "span"), 18U);
}

TEST_F(Streamed, LeaveNothingBehind) {
  for (int i = 0; i < 300; ++i) {
    const StartedSpan root = span("root", i);
    for (int j = 0; j < 20; ++j) end(span("child", i, root.handle), i);
    end(root, i);
  }
  run_until(60000);
  EXPECT_TRUE(core.tracer().store().roots().empty());
  EXPECT_FALSE(core.has_payload());
  EXPECT_FALSE(core.deadline().has_value());
}

TEST_F(Streamed, OfALongRootKeepAThousand) {
  const StartedSpan root = span("root", 0);
  for (int i = 0; i < 2500; ++i) end(span("child", i, root.handle), i);
  const SpanRecord* record = core.tracer().store().find(root.handle);
  EXPECT_EQ(record->root->children.size(), 1000U);
  end(root, 3000);
  run_until(10000);
  std::size_t count = 0;
  for (const Envelope& envelope : sent) count += envelope.payload["items"].size();
  EXPECT_EQ(count, 2501U);
  EXPECT_EQ(lost("buffer_overflow", "span"), 0U);
}

TEST_F(Streamed, AreCountedOneByOneWhenTheyAreNotSampled) {
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  const StartedSpan root = span("root", 0);
  span("child", 1, root.handle);
  request(2, "/api", {Runtime::kGlobalScope, root.handle});
  end(root, 10);
  run_until(10000);
  EXPECT_TRUE(sent.empty());
  EXPECT_EQ(lost("sample_rate", "span"), 3U);
  EXPECT_EQ(lost("sample_rate", "transaction"), 0U);
}

TEST_F(Streamed, AreLostTogetherWithTheirEnvelope) {
  const StartedSpan root = span("root", 0);
  end(span("child", 1, root.handle), 2);
  core.end_span(root.handle, at(3), at(3));
  core.has_heard();
  core.flush_spans();
  const Payload payload = core.take(at(3));
  core.settled(payload.id, 0);
  EXPECT_EQ(lost("network_error", "span"), 2U);
}

TEST_F(Streamed, AreSentAtOnceWhenThePageIsHidden) {
  end(span("root", 0), 10);
  core.page_hidden({}, at(20));
  settle(20);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].at, 20);
}

TEST_F(Streamed, AreSentAtOnceWhenTheClientCloses) {
  load();
  core.close(at(100));
  settle(100);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].names(), std::vector<std::string>{"/start"});
}

TEST_F(Streamed, OfAPageTellItsUrlOnceForTheSegment) {
  load();
  const RequestAnswer answer = request(60);
  respond(answer, 70);
  run_until(10000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].value("/start", "url.full"), std::string{kPage});
  EXPECT_EQ(sent[0].value("/start", "http.request.header.user_agent"), "UA/1.0");
  EXPECT_EQ(sent[0].value("GET /api", "url.full"), "https://app.example.com/api");
  EXPECT_EQ(sent[0].value("GET /api", "http.request.header.user_agent"), nullptr);
  EXPECT_EQ(sent[0].value("/start", "sentry.sdk.integrations"), Json({"BrowserTracing"}));
}

TEST_F(Streamed, HaveNoUserNameInAnyUrl) {
  core.set_page({"https://a:b@app.example.com/p", "https://a:b@app.example.com/p"},
                {"https://a:b@app.example.com/p", "https://c:d@ref.example.com/", "UA/1.0"});
  end(span("root", 0), 1);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].payload.dump().find("a:b@"), std::string::npos);
  EXPECT_EQ(sent[0].payload.dump().find("c:d@"), std::string::npos);
}

TEST_F(Streamed, TellWhetherTheIngestMayInferTheUser) {
  settings.client.send_default_pii = true;
  core.configure(settings);
  end(span("root", 0), 1);
  run_until(1000);
  EXPECT_EQ(sent.at(0).payload["ingest_settings"],
            Json({{"infer_ip", "auto"}, {"infer_user_agent", "auto"}}));
}

// A request without a span above it.
struct LoneRequest : StreamedCore {};

TEST_F(LoneRequest, IsASegment) {
  const RequestAnswer answer = request(10);
  respond(answer, 30);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  const Json span = sent[0].span("GET /api");
  EXPECT_EQ(span["span_id"], to_hex(answer.span_id));
  EXPECT_EQ(span["is_segment"], true);
  EXPECT_EQ(sent[0].value("GET /api", "sentry.op"), "http.client");
  EXPECT_EQ(sent[0].value("GET /api", "sentry.origin"), "auto.http.browser");
  EXPECT_EQ(lost("no_parent_span", "span"), 0U);
}

TEST_F(LoneRequest, HasTheHeaderTextsOfItsSegment) {
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  const RequestAnswer answer = request(10);
  const HeaderTexts texts = core.header_texts_at({Runtime::kGlobalScope, answer.span});
  EXPECT_EQ(texts.sentry_trace_suffix(), "-0");
  EXPECT_NE(answer.header_number, 0U);
}

TEST_F(LoneRequest, AsksForADecisionByItsName) {
  settings.client.has_traces_sampler = true;
  core.configure(settings);
  const RequestStart start{.place = {}, .url = "/api", .method = "GET", .now = at(10)};
  EXPECT_EQ(core.request(start).asks, kAskDecision);
  EXPECT_EQ(core.asked_name(), "GET /api");
  const HostDecision no{{}, HostDecision::Sampler::Returned, 0};
  const RequestAnswer answer = core.request(start, &no);
  EXPECT_EQ(answer.asks, kAskNothing);
  respond(answer, 20);
  EXPECT_EQ(lost("sample_rate", "span"), 1U);
}

TEST_F(LoneRequest, IsNoSegmentWhereNoSpanIsWanted) {
  const RequestAnswer answer = core.request(
      {.place = {}, .url = "/api", .method = "GET", .span_wanted = false, .now = at(10)});
  EXPECT_TRUE(answer.attach);
  EXPECT_EQ(answer.span, kNoHandle);
}

TEST_F(LoneRequest, IsNoSegmentOutsideOfStreaming) {
  core.stream({});
  EXPECT_EQ(request(10).span, kNoHandle);
  EXPECT_EQ(lost("no_parent_span", "span"), 1U);
}

// What the browser measures of a request comes after its end (spans.md section 6.4).
struct StreamedMeasured : StreamedCore {
  StreamedMeasured() { core.stream({.on = true, .measured = true}); }
  void measure() {
    ResourceTiming timing;
    timing.protocol = "h2";
    core.resource("https://app.example.com/api", at(10), timing);
  }
};

TEST_F(StreamedMeasured, SpansWaitForIt) {
  respond(request(10), 20);
  run_until(100);
  measure();
  settle(100);
  run_until(10000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].at, 600);
  EXPECT_EQ(sent[0].value("GET /api", "network.protocol.version"), "2");
  EXPECT_EQ(sent[0].span("GET /api")["end_timestamp"], 1700000000.02);
}

TEST_F(StreamedMeasured, SpansWaitNoLongerThanThat) {
  respond(request(10), 20);
  run_until(10000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].at, 820);
  EXPECT_EQ(sent[0].value("GET /api", "network.protocol.version"), nullptr);
}

TEST_F(StreamedMeasured, SpansDoNotWaitForItWhenThePageIsHidden) {
  respond(request(10), 20);
  core.page_hidden({}, at(30));
  settle(30);
  EXPECT_EQ(sent.size(), 1U);
}

}  // namespace
}  // namespace throughline
