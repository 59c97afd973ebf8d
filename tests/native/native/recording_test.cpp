#include <cmath>
#include <stdexcept>
#include <type_traits>

#include "native/native_client.h"

namespace throughline {
namespace {

using NativeRecording = NativeClient;

static_assert(!std::is_constructible_v<Value, int*>, "a pointer is no boolean");
using std::chrono::milliseconds;

TEST_F(NativeRecording, ARequestIsOneEnvelopeOfItsTrace) {
  Request request = continued();
  wait(milliseconds(20));
  request.set_route("/items/:id");
  request.finish(200);
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received[0].endpoint,
            "https://o42.ingest.example.io/api/7/envelope/?sentry_version=7&sentry_key=pub"
            "&sentry_client=throughline.native%2F" THROUGHLINE_TEST_VERSION);
  EXPECT_EQ(received[0].lines.at(1), R"({"type":"transaction"})");
  EXPECT_EQ(header(0)["trace"]["public_key"], "other");
  const Json event = payload(0);
  EXPECT_EQ(event["platform"], "native");
  EXPECT_EQ(event["transaction"], "GET /items/:id");
  EXPECT_EQ(event["transaction_info"]["source"], "route");
  EXPECT_EQ(event["release"], "shop@1.0");
  EXPECT_EQ(event["environment"], "production");
  EXPECT_EQ(event["start_timestamp"], 1700000000);
  EXPECT_EQ(event["timestamp"], 1700000000.02);
  EXPECT_EQ(event["request"]["url"], "http://shop.test/items/7?color=red");
  const Json& trace = event["contexts"]["trace"];
  EXPECT_EQ(trace["trace_id"], kTrace);
  EXPECT_EQ(trace["parent_span_id"], kSpan);
  EXPECT_EQ(trace["op"], "http.server");
  EXPECT_EQ(trace["status"], "ok");
  EXPECT_EQ(trace["data"]["http.response.status_code"], 200);
}

TEST_F(NativeRecording, SpansHaveTheParentThatStartedThem) {
  Request request = continued();
  Span outer = request.start_span({.name = "outer", .op = "task"});
  Span inner = outer.start_span({.name = "inner"});
  Call call = inner.start_call({.method = "POST", .url = "https://stock.test/7?q=1"});
  call.finish(404);
  inner.end();
  outer.end();
  const std::string outer_id = outer.span_id();
  const std::string inner_id = inner.span_id();
  request.finish(200);
  const Json spans = payload(0)["spans"];
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0]["op"], "task");
  EXPECT_EQ(spans[0]["parent_span_id"], payload(0)["contexts"]["trace"]["span_id"]);
  EXPECT_EQ(spans[1]["parent_span_id"], outer_id);
  EXPECT_EQ(spans[2]["parent_span_id"], inner_id);
  EXPECT_EQ(spans[2]["op"], "http.client");
  EXPECT_EQ(spans[2]["description"], "POST https://stock.test/7");
  EXPECT_EQ(spans[2]["status"], "not_found");
}

TEST_F(NativeRecording, ASpanEndsOnceAndOnDestruction) {
  Request request = continued();
  {
    const Span span = request.start_span({.name = "block"});
    wait(milliseconds(5));
  }
  Span twice = request.start_span({.name = "twice"});
  wait(milliseconds(1));
  twice.end();
  wait(milliseconds(100));
  twice.end();
  request.finish(200);
  request.finish(500);
  ASSERT_EQ(received.size(), 1U);
  const Json spans = payload(0)["spans"];
  EXPECT_EQ(spans[0]["timestamp"], 1700000000.005);
  EXPECT_EQ(spans[1]["timestamp"], 1700000000.006);
  EXPECT_EQ(payload(0)["contexts"]["trace"]["status"], "ok");
}

TEST_F(NativeRecording, AttributesKeepTheirTypesAndTheirNumbers) {
  Request request = continued();
  Span span = request.start_span({.name = "work",
                                  .attributes = {{"text", "a\"b"},
                                                 {"whole", 7},
                                                 {"flag", true},
                                                 {"small", 1e-9},
                                                 {"large", 9007199254740993LL},
                                                 {"natural", ~std::uint64_t{0}},
                                                 {"none", std::nan("")}}});
  span.set_attribute("ratio", 0.25);
  span.set_attribute("text", std::string("other"));
  span.set_name("renamed");
  span.set_status(Status::Error, "aborted");
  span.end();
  span.set_name("too late");
  request.finish(200);
  const Json json = payload(0)["spans"][0];
  EXPECT_EQ(json["description"], "renamed");
  EXPECT_EQ(json["status"], "aborted");
  const Json& data = json["data"];
  EXPECT_EQ(data["text"], "other");
  EXPECT_EQ(data["whole"], 7);
  EXPECT_EQ(data["flag"], true);
  EXPECT_EQ(data["small"], 1e-9);
  EXPECT_EQ(data["large"], 9007199254740993LL);
  EXPECT_EQ(data["natural"], ~std::uint64_t{0});
  EXPECT_EQ(data["ratio"], 0.25);
  EXPECT_FALSE(data.contains("none"));
}

TEST_F(NativeRecording, BelowASpanThatIsNotKeptTheTraceGoesOn) {
  Request request = client().incoming({.method = "GET", .target = "/"});
  Span first = request.start_span({.name = "first"});
  for (int i = 0; i < 1100; ++i) {
    wait(milliseconds(1));
    (void)request.start_span({.name = "more", .start = time - std::chrono::hours(1)});
  }
  first.end();
  EXPECT_TRUE(first.headers().sentry_trace.ends_with(first.span_id() + "-1"));
  const Call call = first.start_call({.url = "https://stock.test/"});
  EXPECT_TRUE(call.headers().sentry_trace.ends_with("-1"));
  EXPECT_EQ(call.headers().baggage, request.headers().baggage);
}

TEST_F(NativeRecording, ASpanMayHaveBegunEarlier) {
  Request request = continued();
  (void)request.start_span({.name = "queue", .start = time - milliseconds(30)});
  request.finish(200);
  EXPECT_EQ(payload(0)["spans"][0]["start_timestamp"], 1699999999.97);
}

TEST_F(NativeRecording, AHandlerLeftByAnExceptionEndsWith500) {
  try {
    const Request request = continued();
    throw std::runtime_error("handler");
  } catch (const std::runtime_error&) {
  }
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(payload(0)["contexts"]["trace"]["status"], "internal_error");
}

TEST_F(NativeRecording, ACallWithoutAResponseFails) {
  Request request = continued();
  (void)request.start_call({.url = "https://stock.test/"});
  request.finish(200);
  EXPECT_EQ(payload(0)["spans"][0]["status"], "internal_error");
}

TEST_F(NativeRecording, WorkOfOtherProtocolsIsARootOfTheTrace) {
  const Trace trace = client().continue_trace(kSentryTrace, kIncomingBaggage);
  for (const char* name : {"first", "second"}) {
    Span root = trace.start_span({.name = name, .op = "queue.process"});
    const Span child = root.start_span({.name = "child"});
  }
  // Both children end before their roots.
  ASSERT_EQ(received.size(), 2U);
  EXPECT_EQ(payload(0)["transaction"], "first");
  EXPECT_EQ(payload(1)["contexts"]["trace"]["trace_id"], kTrace);
  EXPECT_EQ(payload(1)["contexts"]["trace"]["parent_span_id"], kSpan);
  EXPECT_EQ(payload(1)["spans"].size(), 1U);
}

TEST_F(NativeRecording, RequestsWithoutSpanHaveNothingBelowThem) {
  {
    Request request =
        client().incoming({.method = "HEAD", .target = "/", .sentry_trace = kSentryTrace});
    Span span = request.start_span({.name = "work"});
    EXPECT_TRUE(span.headers().sentry_trace.starts_with(kTrace));
    EXPECT_TRUE(span.headers().sentry_trace.ends_with("-1"));
    request.finish(200);
  }
  EXPECT_TRUE(received.empty());
}

TEST_F(NativeRecording, ADecisionThatCameWithTheTraceWins) {
  Request request =
      client().incoming({.method = "GET",
                         .target = "/",
                         .sentry_trace = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0"});
  EXPECT_FALSE(request.span().sampled());
  Span span = request.start_span({.name = "work"});
  EXPECT_TRUE(span.headers().sentry_trace.ends_with("-0"));
  EXPECT_NE(span.headers().sentry_trace, request.headers().sentry_trace);
  request.finish(200);
  EXPECT_TRUE(received.empty());
}

TEST_F(NativeRecording, TheSamplerSeesTheRequestAndWins) {
  std::string seen;
  options.traces_sampler = [&](const SamplingContext& context) {
    seen = std::string(context.name) + " " + std::string(context.op);
    if (context.request != nullptr) seen += " " + std::string(context.request->host);
    EXPECT_EQ(context.parent_sampled, true);
    EXPECT_EQ(context.parent_sample_rate, 0.5);
    EXPECT_EQ(context.inherit_or_sample_with(0.1), 0.5);
    return 0.0;
  };
  EXPECT_FALSE(continued().span().sampled());
  EXPECT_EQ(seen, "GET /items/7 http.server shop.test");
  const Trace trace = client().continue_trace(kSentryTrace, kIncomingBaggage);
  EXPECT_FALSE(trace.start_span({.name = "job", .op = "cron"}).sampled());
  EXPECT_EQ(seen, "job cron");
}

TEST_F(NativeRecording, ASamplerMayUseTheClient) {
  options.traces_sampler = [&](const SamplingContext&) {
    return client().new_trace().trace_id().empty() ? 0.0 : 1.0;
  };
  EXPECT_TRUE(continued().span().sampled());
}

TEST_F(NativeRecording, AfterASamplerThatThrewTheParentDecides) {
  options.traces_sampler = [](const SamplingContext&) -> double { throw std::runtime_error("no"); };
  EXPECT_TRUE(continued().span().sampled());
}

TEST_F(NativeRecording, OptionsThatCannotBeUsedAreToldAndDoNoHarm) {
  options.dsn = "nonsense";
  options.traces_sample_rate = 2;
  Request request = continued();
  EXPECT_FALSE(request.span().sampled() && request.headers().sentry_trace.empty());
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_EQ(warnings[0],
            "options.dsn: expected a DSN, got \"nonsense\"; nothing is sent, headers still work");
  EXPECT_EQ(
      warnings[1],
      "options.traces_sample_rate: expected a number from 0 to 1, got 2; no trace is sampled");
}

TEST_F(NativeRecording, WarningsThatThrowDoNoHarm) {
  options.dsn = "nonsense";
  options.on_warning = [](std::string_view) { throw std::runtime_error("no"); };
  EXPECT_FALSE(continued().headers().sentry_trace.empty());
}

TEST_F(NativeRecording, TextsThatAreNoUtf8AreSentAsReplacementCharacters) {
  Request request = client().incoming({.method = "GE\xFFT", .target = "\xC3\x28", .host = "\"\n"});
  request.set_route("\xFE");
  Span span = request.start_span({.name = "\xED\xA0\x80", .attributes = {{"\xFF", "\xFF"}}});
  span.end();
  request.finish(-7);
  ASSERT_EQ(received.size(), 1U);
  EXPECT_NO_THROW(payload(0));
}

}  // namespace
}  // namespace throughline
