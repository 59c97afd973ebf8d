#include <regex>

#include "native/native_client.h"

namespace throughline {
namespace {

using NativeHeaders = NativeClient;

TEST_F(NativeHeaders, ACallBelowAContinuedRequestCarriesItsTraceAndItsOwnSpanId) {
  Request request = continued();
  const Call call = request.start_call({.method = "GET", .url = "https://stock.test/7"});
  const std::string& text = call.headers().sentry_trace;
  EXPECT_TRUE(std::regex_match(text, std::regex(std::string(kTrace) + "-[0-9a-f]{16}-1"))) << text;
  EXPECT_EQ(text.find(kSpan), std::string::npos);
  EXPECT_EQ(
      text,
      request.start_call({.url = "https://stock.test/7"}).headers().sentry_trace.substr(0, 33) +
          text.substr(33));
  EXPECT_EQ(call.headers().baggage, kFrozenBaggage);
  EXPECT_EQ(call.headers().traceparent, "");
}

TEST_F(NativeHeaders, MembersOfOthersStayInFrontOfOurs) {
  const Request request = continued();
  const Call call = request.start_call(
      {.url = "https://stock.test/7", .baggage = "theirs=a;ttl=1, sentry-release=old"});
  EXPECT_EQ(call.headers().baggage, std::string("theirs=a;ttl=1,") + kFrozenBaggage);
}

TEST_F(NativeHeaders, MalformedHeadersBeginAFreshTrace) {
  for (const char* text : {"", "nonsense", "4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-1"}) {
    const Trace trace = client().continue_trace(text, kIncomingBaggage);
    const std::string id = trace.trace_id();
    EXPECT_EQ(id.size(), 32U) << text;
    EXPECT_NE(id, kTrace) << text;
    EXPECT_NE(trace.headers().baggage.find("sentry-trace_id=" + id), std::string::npos) << text;
  }
}

TEST_F(NativeHeaders, TwoFreshRequestsAreTwoTraces) {
  Request one = client().incoming({.method = "GET", .target = "/"});
  Request two = client().incoming({.method = "GET", .target = "/"});
  EXPECT_NE(one.span().trace_id(), two.span().trace_id());
}

TEST_F(NativeHeaders, ATraceIsContinuedByTraceparentOnlyWhereTheOptionSaysSo) {
  const std::string text = std::string("00-") + kTrace + "-" + kSpan + "-01";
  EXPECT_NE(client().continue_trace({}, {}, text).trace_id(), kTrace);
  options.continue_traceparent = true;
  Client other(options);
  EXPECT_EQ(other.continue_trace({}, {}, text).trace_id(), kTrace);
}

TEST_F(NativeHeaders, TraceparentGoesOutOnRequest) {
  options.propagate_traceparent = true;
  const Request request = continued();
  const Call call = request.start_call({.url = "https://stock.test/"});
  const TraceHeaders& headers = call.headers();
  EXPECT_EQ(headers.traceparent, "00-" + headers.sentry_trace.substr(0, 49) + "-01");
  std::string names;
  headers.for_each([&](const char* name, const std::string&) { names += name + std::string(" "); });
  EXPECT_EQ(names, "sentry-trace baggage traceparent ");
}

TEST_F(NativeHeaders, OnlyTargetsGetHeadersButEveryCallIsRecorded) {
  options.trace_propagation_targets = {"https://stock.test/"};
  Request request = continued();
  EXPECT_NE(request.start_call({.url = "https://stock.test/7"}).headers().sentry_trace, "");
  const TraceHeaders other = request.start_call({.url = "https://bank.test/7"}).headers();
  EXPECT_EQ(other.sentry_trace + other.baggage, "");
  EXPECT_EQ(request.start_call({.url = "HTTPS://stock.test/ü"}).headers().sentry_trace, "");
  request.finish(200);
  EXPECT_EQ(payload(0)["spans"].size(), 3U);
}

TEST_F(NativeHeaders, WithoutARateTheTraceIsCarriedAndNothingIsRecorded) {
  options.traces_sample_rate.reset();
  {
    Request request = client().incoming({.method = "GET", .target = "/"});
    Span span = request.start_span({.name = "work"});
    const Call call = span.start_call({.url = "https://stock.test/"});
    EXPECT_EQ(call.headers().sentry_trace.size(), 49U);
    EXPECT_EQ(call.headers().sentry_trace, request.headers().sentry_trace);
    EXPECT_FALSE(span.sampled());
  }
  EXPECT_TRUE(continued().headers().sentry_trace.ends_with("-1"));
  EXPECT_TRUE(received.empty());
}

TEST_F(NativeHeaders, WithoutADsnHeadersWork) {
  options.dsn = "";
  EXPECT_TRUE(continued().headers().sentry_trace.starts_with(kTrace));
}

TEST_F(NativeHeaders, ARouteNamesTheTraceFromThenOn) {
  Request request = client().incoming({.method = "GET", .target = "/items/7"});
  EXPECT_EQ(request.headers().baggage.find("sentry-transaction="), std::string::npos);
  request.set_route("/items/:id");
  EXPECT_NE(request.headers().baggage.find("sentry-transaction=GET%20%2Fitems%2F%3Aid"),
            std::string::npos);
}

TEST_F(NativeHeaders, WhatGoesOnAfterTheAnswerIsInTheSameTrace) {
  Request request = client().incoming({.method = "GET", .target = "/items/7"});
  const Span late = request.start_span({.name = "late"});
  request.set_route("/items/:id");
  const TraceHeaders before = late.headers();
  request.finish(200);
  EXPECT_EQ(late.headers().sentry_trace, before.sentry_trace);
  EXPECT_EQ(late.headers().baggage, before.baggage);
  EXPECT_EQ(late.start_call({.url = "https://stock.test/"}).headers().baggage, before.baggage);
}

TEST_F(NativeHeaders, MetaTagsAreEscapedAndNameTheSpan) {
  const Request request = continued();
  const TraceHeaders headers = request.headers();
  EXPECT_EQ(request.meta_tags(), "<meta name=\"sentry-trace\" content=\"" + headers.sentry_trace +
                                     "\"/>\n<meta name=\"baggage\" content=\"" + headers.baggage +
                                     "\"/>");
}

TEST_F(NativeHeaders, ATraceOfAnotherProtocolIsAValue) {
  const Trace trace = client().continue_trace(kSentryTrace, kIncomingBaggage);
  const Trace copy = trace;
  EXPECT_EQ(copy.headers().sentry_trace, trace.headers().sentry_trace);
  EXPECT_TRUE(trace.headers().sentry_trace.starts_with(kTrace));
  EXPECT_EQ(trace.headers().baggage, kFrozenBaggage);
  EXPECT_NE(trace.meta_tags().find(kTrace), std::string::npos);
}

TEST_F(NativeHeaders, AForeignOrganisationIsNotContinued) {
  const Trace trace =
      client().continue_trace(kSentryTrace, std::string(kIncomingBaggage) + ",sentry-org_id=1");
  EXPECT_NE(trace.trace_id(), kTrace);
}

TEST_F(NativeHeaders, ASpanTellsItsIdsAsTheHeadersDo) {
  const Request request = continued();
  const Span span = request.start_span({.name = "work"});
  EXPECT_EQ(span.headers().sentry_trace, span.trace_id() + "-" + span.span_id() + "-1");
}

}  // namespace
}  // namespace throughline
