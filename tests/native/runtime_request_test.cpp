#include "support/driven_core.h"

// What a core answers to a request that starts, and what it records (propagation.md section 10).
namespace throughline {
namespace {

constexpr std::string_view kOther = "https://other.example.com/x";
constexpr std::string_view kEnvelopes =
    "https://o42.ingest.example.io/api/7/envelope/?sentry_version=7&sentry_key=pub";

struct InARoute : DrivenCore {
  InARoute() { load(); }
  std::size_t recorded() {
    return core.tracer().store().find(active().handle)->root->children.size();
  }
};

TEST_F(InARoute, ARequestIsRecordedUnderTheSpanIdOfItsHeaders) {
  const RequestAnswer answer = request(100);
  EXPECT_TRUE(answer.attach);
  EXPECT_EQ(answer.reason, Reason::SameOrigin);
  core.response(answer.span, 200, 0, at(300));
  run_until(2000);
  EXPECT_EQ(transaction(2000).span("GET /api")["span_id"], to_hex(answer.span_id));
}

TEST_F(InARoute, ARequestBelongsToTheTraceOfTheRoute) {
  const std::string header = sentry_trace(request(100).span_id);
  EXPECT_EQ(header.substr(0, 32), to_hex(active().trace_id));
  EXPECT_TRUE(header.ends_with("-1"));
}

TEST_F(InARoute, ARequestTellsWhatItWas) {
  const RequestAnswer answer = request(100, "/api/users?x=1#f");
  core.response(answer.span, 404, 17, at(300));
  run_until(2000);
  const Json span = transaction(2000).span("GET /api/users");
  EXPECT_EQ(span["op"], "http.client");
  EXPECT_EQ(span["origin"], "auto.http.browser");
  EXPECT_EQ(span["status"], "not_found");
  EXPECT_EQ(ms(span["start_timestamp"]), 100);
  EXPECT_EQ(ms(span["timestamp"]), 300);
  EXPECT_EQ(span["data"], Json({{"sentry.op", "http.client"},
                                {"sentry.origin", "auto.http.browser"},
                                {"type", "fetch"},
                                {"http.method", "GET"},
                                {"url", "/api/users?x=1#f"},
                                {"http.url", "https://app.example.com/api/users?x=1#f"},
                                {"url.full", "https://app.example.com/api/users?x=1#f"},
                                {"server.address", "app.example.com"},
                                {"http.query", "?x=1"},
                                {"http.fragment", "#f"},
                                {"http.response.status_code", 404},
                                {"http.response_content_length", 17}}));
}

TEST_F(InARoute, ARequestWithoutAResponseIsAnError) {
  core.response(request(100).span, -1, 0, at(300));
  run_until(2000);
  const Json span = transaction(2000).span("GET /api");
  EXPECT_EQ(span["status"], "internal_error");
  EXPECT_FALSE(span["data"].contains("http.response.status_code"));
}

TEST_F(InARoute, TheNetworkErrorOfAnXhrHasTheStatusZero) {
  const RequestAnswer answer =
      core.request({.place = {}, .url = "/api", .method = "POST", .xhr = true, .now = at(100)});
  core.response(answer.span, 0, 0, at(300));
  run_until(2000);
  const Json span = transaction(2000).span("POST /api");
  EXPECT_EQ(span["status"], "internal_error");
  EXPECT_EQ(span["data"]["http.response.status_code"], 0);
}

TEST_F(InARoute, ARequestToAnotherOriginIsRecordedWithoutHeaders) {
  const RequestAnswer answer = request(100, kOther);
  EXPECT_FALSE(answer.attach);
  EXPECT_EQ(answer.reason, Reason::OtherOrigin);
  EXPECT_NE(answer.span, kNoHandle);
}

TEST_F(InARoute, ARequestThatShallHaveNoSpanCarriesTheActiveOne) {
  const RequestAnswer answer = core.request(
      {.place = {}, .url = "/api", .method = "GET", .span_wanted = false, .now = at(100)});
  EXPECT_EQ(answer.span, kNoHandle);
  EXPECT_EQ(answer.span_id, active().id);
  EXPECT_EQ(recorded(), 0U);
}

TEST_F(InARoute, ARequestInAForkHangsBelowTheRootOfItsActiveSpan) {
  const StartedSpan root = core.start_span({}, {.name = "root", .no_parent = true}, at(60));
  const RequestAnswer answer = request(100, "/api", {Runtime::kGlobalScope, root.handle});
  EXPECT_EQ(core.tracer().store().find(answer.span)->parent_id, root.id);
}

TEST_F(InARoute, ARequestMayHangBelowTheActiveSpanItself) {
  settings.client.parent_span_is_always_root_span = false;
  configure();
  const StartedSpan child = span("child", 60);
  const RequestAnswer answer = request(100, "/api", {Runtime::kGlobalScope, child.handle});
  EXPECT_EQ(core.tracer().store().find(answer.span)->parent_id, child.id);
}

TEST_F(InARoute, AnExplanationRecordsNothing) {
  const RequestAnswer answer =
      core.request({.place = {}, .url = kOther, .method = "GET", .explain = true, .now = at(100)});
  EXPECT_EQ(answer.reason, Reason::OtherOrigin);
  EXPECT_EQ(recorded(), 0U);
  EXPECT_EQ(core.deadline(), at(1050));
}

TEST_F(InARoute, DeliveryOfASdkByXhrIsNeitherRecordedNorGivenHeaders) {
  RequestStart delivery;
  delivery.url = kEnvelopes;
  delivery.method = "POST";
  delivery.xhr = true;
  delivery.now = at(100);
  const RequestAnswer answer = core.request(delivery);
  EXPECT_FALSE(answer.attach);
  EXPECT_EQ(answer.reason, Reason::OwnRequest);
  EXPECT_EQ(recorded(), 0U);
}

// Our own deliveries go past the patches, so this one is the page's (vector hp-019).
TEST_F(InARoute, FetchOfThePageToTheEndpointIsARequestLikeAnyOther) {
  EXPECT_EQ(request(100, kEnvelopes).reason, Reason::OtherOrigin);
  EXPECT_EQ(recorded(), 1U);
}

TEST_F(InARoute, ARequestThatNeedsTheHostChangesNothing) {
  const RequestAnswer answer = request(100, "relative");
  EXPECT_EQ(answer.asks, kAskResolvedUrl);
  EXPECT_EQ(recorded(), 0U);
  EXPECT_EQ(core.deadline(), at(1050));
}

TEST_F(InARoute, ARequestIsAnsweredOnceTheHostSaidWhatItLacked) {
  request(100, "relative");
  core.targets().answer_resolved("relative", "https://app.example.com/relative");
  const RequestAnswer answer = request(100, "relative");
  EXPECT_EQ(answer.asks, kAskNothing);
  EXPECT_TRUE(answer.attach);
  EXPECT_EQ(recorded(), 1U);
}

TEST_F(InARoute, AResponseAfterTheEndOfTheRouteChangesNothing) {
  const RequestAnswer answer = request(100);
  end(active(), 200);
  const Sent sent = transaction(200);
  EXPECT_EQ(sent.span("GET /api")["status"], "cancelled");
  core.response(answer.span, 200, 0, at(300));
  EXPECT_FALSE(core.has_payload());
}

TEST_F(InARoute, AResponseToSomethingElseChangesNothing) {
  const StartedSpan child = span("child", 60);
  core.response(child.handle, 200, 0, at(300));
  EXPECT_FALSE(core.tracer().store().find(child.handle)->ended);
}

struct InAnUnsampledRoute : DrivenCore {
  InAnUnsampledRoute() {
    settings.client.traces_sample_rate = 0;
    configure();
    load();
  }
};

TEST_F(InAnUnsampledRoute, ARequestHasASpanIdOfItsOwnAndNoRecord) {
  const RequestAnswer answer = request(100);
  EXPECT_EQ(answer.span, kNoHandle);
  EXPECT_NE(answer.span_id, request(110).span_id);
  EXPECT_NE(answer.span_id, active().id);
}

TEST_F(InAnUnsampledRoute, ARequestSaysThatNothingIsSampled) {
  EXPECT_TRUE(sentry_trace(request(100).span_id).ends_with("-0"));
  EXPECT_NE(baggage().find("sentry-sampled=false"), std::string::npos);
}

TEST_F(InAnUnsampledRoute, ARequestDoesNotKeepTheRouteOpen) {
  request(100);
  EXPECT_EQ(core.deadline(), at(1050));
}

struct AfterARoute : DrivenCore {
  AfterARoute() {
    load();
    trace = trace_id();
    dsc = baggage();
    run_until(2000);
    take(2000);
  }
  std::string trace;
  std::string dsc;
};

TEST_F(AfterARoute, EachRequestHasASpanIdOfItsOwn) {
  EXPECT_NE(request(2100).span_id, request(2200).span_id);
}

TEST_F(AfterARoute, ARequestStaysInItsTraceWithItsDecisionAndDsc) {
  const SpanId id = request(2100).span_id;
  EXPECT_EQ(sentry_trace(id), trace + "-" + std::string{to_hex(id)} + "-1");
  EXPECT_EQ(baggage(), dsc);
}

TEST_F(AfterARoute, ARequestIsCountedAsOneWithoutParent) {
  EXPECT_EQ(request(2100).span, kNoHandle);
  EXPECT_EQ(lost("no_parent_span", "span"), 1U);
}

TEST_F(AfterARoute, ARequestThatShallHaveNoSpanIsNotCounted) {
  core.request(
      {.place = {}, .url = "/api", .method = "GET", .span_wanted = false, .now = at(2100)});
  EXPECT_TRUE(core.losses().empty());
}

TEST_F(AfterARoute, AnExplanationIsNotCounted) {
  core.request({.place = {}, .url = "/api", .method = "GET", .explain = true, .now = at(2100)});
  EXPECT_TRUE(core.losses().empty());
}

struct Disabled : DrivenCore {
  Disabled() {
    settings.client.enabled = false;
    configure();
    load();
  }
};

TEST_F(Disabled, ARequestGetsNoHeaders) {
  const RequestAnswer answer = request(100);
  EXPECT_FALSE(answer.attach);
  EXPECT_EQ(answer.reason, Reason::Disabled);
}

// Spans used to be recorded and sent all the same.
TEST_F(Disabled, NothingIsSent) {
  end(span("x", 100), 200);
  run_until(60000);
  EXPECT_EQ(report(60000), Json::object());
  EXPECT_FALSE(core.has_payload());
}

}  // namespace
}  // namespace throughline
