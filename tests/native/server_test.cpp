#include "throughline/server.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/serving.h"

// What the core answers to a server (server.md sections 2 to 4).
namespace throughline {
namespace {

TEST_F(Serving, ARequestIsARootInTheTraceOfItsCaller) {
  const StartedSpan span = start(open());
  EXPECT_EQ(std::string{to_hex(span.trace_id)}, kTrace);
  end(span, 200);
  const nlohmann::json sent = take();
  EXPECT_EQ(sent["transaction"], "GET /users/7");
  EXPECT_EQ(sent["contexts"]["trace"]["parent_span_id"], "bbbbbbbbbbbbbbbb");
  EXPECT_EQ(sent["contexts"]["trace"]["status"], "ok");
  EXPECT_EQ(sent["platform"], "node");
}

TEST_F(Serving, ARouteNamesTheRequestOfTheSpanBelowWhichItWasFound) {
  const Handle scope = open({}, {});
  const StartedSpan root = start(scope);
  SpanStart layer;
  layer.name = "layer";
  const StartedSpan child = core.start_span({scope, root.handle}, layer, at(1));
  core.route_found(child.handle, "/users/:id");
  core.end_span(child.handle, at(2), at(2));
  end(root, 200);
  const nlohmann::json sent = take();
  EXPECT_EQ(sent["transaction"], "GET /users/:id");
  EXPECT_EQ(sent["transaction_info"]["source"], "route");
  EXPECT_EQ(sent["contexts"]["trace"]["data"]["http.route"], "/users/:id");
}

TEST_F(Serving, ARouteLeavesANameThatUserCodeGave) {
  const StartedSpan root = start(open());
  SpanRecord& record = *core.tracer().store().find(root.handle);
  core.tracer().set_name(record, "by hand");
  core.tracer().set_attribute(record, "sentry.source", AttributeValue::of("custom"));
  core.route_found(root.handle, "/users/:id");
  end(root, 200);
  EXPECT_EQ(take()["transaction"], "by hand");
}

TEST_F(Serving, AStatusCodeThatIsLeftOutMakesNoTransactionAndIsCounted) {
  end(start(open()), 404);
  EXPECT_EQ(take(), nullptr);
  EXPECT_EQ(lost("event_processor", "transaction"), 1U);
}

TEST_F(Serving, StatusCodesAreLeftOutByDefaultAsThePeerDoes) {
  for (const std::size_t code : {301U, 303U, 305U, 399U, 401U, 404U}) {
    EXPECT_TRUE(core.http().dropped[code]) << code;
  }
  for (const std::size_t code : {200U, 300U, 304U, 400U, 405U, 500U}) {
    EXPECT_FALSE(core.http().dropped[code]) << code;
  }
}

TEST_F(Serving, ARequestWithoutASpanStillHasATrace) {
  settings.client.traces_sample_rate_given = false;
  settings.client.traces_sample_rate.reset();
  core.configure(settings);
  const Handle scope = open();
  EXPECT_EQ(start(scope).handle, kNoHandle);
  EXPECT_EQ(sentry_trace({scope}).substr(0, 32), kTrace);
  EXPECT_EQ(sentry_trace({scope}), sentry_trace({scope}));
}

TEST_F(Serving, ARequestThatGoesOutIsAChildAndCarriesItsId) {
  const Handle scope = open();
  const StartedSpan root = start(scope);
  const RequestAnswer answer = send({scope, root.handle});
  EXPECT_TRUE(answer.attach);
  ResponseEnd response;
  response.status = 503;
  core.end_outgoing(answer.span, response, at(8));
  end(root, 200);
  const nlohmann::json span = take()["spans"][0];
  EXPECT_EQ(span["span_id"], std::string{to_hex(answer.span_id)});
  EXPECT_EQ(span["description"], "GET http://other.test/x");
  EXPECT_EQ(span["status"], "unavailable");
}

TEST_F(Serving, ARequestThatGoesOutWithoutASpanIsCounted) {
  EXPECT_EQ(send({open()}).span, kNoHandle);
  EXPECT_EQ(lost("no_parent_span", "span"), 1U);
}

TEST_F(Serving, ASuppressedRequestCarriesNothing) {
  const Handle scope = open();
  EXPECT_FALSE(send({scope, start(scope).handle, true}).attach);
}

TEST_F(Serving, AContextIsTheSameOnceItsScopeWasGivenBack) {
  const Handle scope = open();
  const std::string before = sentry_trace({scope});
  const std::string baggage{core.header_texts_at({scope}).baggage};
  const String state = core.leave_scope(scope, kNoHandle);
  const Handle again = core.enter_scope(state);
  EXPECT_NE(again, scope);
  EXPECT_EQ(sentry_trace({again}), before);
  EXPECT_EQ(std::string{core.header_texts_at({again}).baggage}, baggage);
}

TEST_F(Serving, AContextTakesOverItsRoot) {
  const Handle scope = open({}, {});
  const StartedSpan root = start(scope);
  const std::string open_root = sentry_trace({scope, root.handle});
  const String state = core.leave_scope(scope, root.handle);
  end(root, 200);
  EXPECT_EQ(sentry_trace({core.enter_scope(state)}), open_root);
}

TEST_F(Serving, AContextTellsOfItsRootAsThatWasInTheEnd) {
  for (const double rate : {1, 0}) {
    settings.client.traces_sample_rate = rate;
    core.configure(settings);
    const Handle scope = open({}, {});
    const StartedSpan root = start(scope);
    core.route_found(root.handle, "/users/:id");
    const std::string baggage{core.header_texts_at({scope, root.handle}).baggage};
    const String state = core.leave_scope(scope, root.handle);
    end(root, 200);
    EXPECT_EQ(std::string{core.header_texts_at({core.enter_scope(state)}).baggage}, baggage);
    EXPECT_NE(baggage.find("sentry-transaction=GET%20%2Fusers%2F%3Aid"), std::string::npos);
  }
}

TEST_F(Serving, AllOfARequestIsWantedWhereSomebodyReadsIt) {
  IncomingStart incoming;
  incoming.request.method = "GET";
  incoming.request.target = "/users/7";
  incoming.scope = open({}, {});
  EXPECT_TRUE(core.wants_all_of(incoming));
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  EXPECT_FALSE(core.wants_all_of(incoming));
  core.tracer().listeners.before_sampling = true;
  EXPECT_TRUE(core.wants_all_of(incoming));
  incoming.request.method = "HEAD";
  EXPECT_FALSE(core.wants_all_of(incoming));
}

TEST_F(Serving, TheDecisionOfTheCallerIsKnownBefore) {
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  IncomingStart incoming;
  incoming.request.method = "GET";
  incoming.request.target = "/users/7";
  incoming.scope = open();
  EXPECT_TRUE(core.wants_all_of(incoming));
}

TEST_F(Serving, ARootThatIsNotRecordedIsCountedAndGoneOnceItEnded) {
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  const StartedSpan root = start(open({}, {}));
  EXPECT_NE(root.handle, kNoHandle);
  end(root, 200);
  EXPECT_TRUE(core.tracer().store().roots().empty());
  EXPECT_FALSE(core.has_payload());
  EXPECT_EQ(lost("sample_rate", "transaction"), 1U);
}

TEST_F(Serving, WhoListensIsToldOfItFirst) {
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  core.listen({.spans = true});
  const StartedSpan root = start(open({}, {}));
  end(root, 200);
  EXPECT_EQ(core.hear().span.handle, root.handle);
  EXPECT_EQ(core.hear().kind, SpanNote::Kind::Ended);
  EXPECT_TRUE(take().is_null());
  EXPECT_TRUE(core.tracer().store().roots().empty());
}

TEST_F(Serving, ATunnelLeadsToTheHostOfTheOwnDsn) {
  EXPECT_EQ(std::string{core.tunnel_endpoint("https://page@Collector.test/77")},
            "https://Collector.test/api/77/envelope/?sentry_version=7&sentry_key=page");
}

TEST_F(Serving, ATunnelLeadsNowhereElse) {
  for (const char* dsn :
       {"https://page@other.test/1", "http://page@collector.test/1",
        "https://page@collector.test:8443/1", "https://page@collector.test/admin/1",
        "https://page@collector.test.other.test/1", "https://page@collector.test", "", "x"}) {
    EXPECT_EQ(std::string{core.tunnel_endpoint(dsn)}, "") << dsn;
  }
}

TEST_F(Serving, ATunnelOfNobodyLeadsNowhere) {
  settings.client.dsn.reset();
  core.configure(settings);
  EXPECT_EQ(std::string{core.tunnel_endpoint("https://page@collector.test/1")}, "");
}

TEST_F(Serving, AStateTextThatIsNoneOpensNothing) {
  for (const char* text : {"", "x", "aaaa\n\n", "\n\n\n\n\n\n\n"}) {
    EXPECT_EQ(core.enter_scope(text), kNoHandle) << text;
  }
}

}  // namespace
}  // namespace throughline
