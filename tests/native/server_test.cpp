#include "throughline/server.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/fixed_random.h"
#include "support/time.h"

// What the core answers to a server (server.md sections 2 to 4).
namespace throughline {
namespace {

constexpr char kTrace[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr char kIncoming[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-1";
constexpr char kBaggage[] =
    "sentry-trace_id=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,sentry-sampled=true,sentry-sample_rand=0.25";

struct Serving : testing::Test {
  Serving() {
    settings.client.dsn = *parse_dsn("https://pub@collector.test/1");
    settings.client.traces_sample_rate_given = true;
    settings.client.traces_sample_rate = 1;
    settings.client.parent_span_is_always_root_span = false;
    core.configure(settings);
  }

  Handle open(Text trace = kIncoming, Text baggage = kBaggage) {
    return core.open_request({trace, baggage, {}}).handle;
  }

  StartedSpan start(Handle scope, Text target = "/users/7") {
    IncomingStart incoming;
    incoming.request.method = "GET";
    incoming.request.target = target;
    incoming.request.host = "shop.test";
    incoming.scope = scope;
    incoming.now = at(0);
    return core.start_incoming(incoming);
  }

  void end(const StartedSpan& span, int status) {
    ResponseEnd response;
    response.status = status;
    core.end_incoming(span.handle, response, at(10));
  }

  // The transaction that is due, or null.
  nlohmann::json take() {
    const std::string text{core.take(at(20)).text};
    if (text.find("\"transaction\"") == std::string::npos) return nullptr;
    return nlohmann::json::parse(text.substr(text.rfind('\n')));
  }

  std::string sentry_trace(Place place) {
    const HeaderTexts texts = core.header_texts_at(place);
    std::string text{texts.sentry_trace_prefix()};
    return text.append(std::string{to_hex(core.span_id_at(place))})
        .append(std::string{texts.sentry_trace_suffix()});
  }

  RequestAnswer send(Place place, Text url = "http://other.test/x?y=1") {
    RequestStart begin;
    begin.place = place;
    begin.url = url;
    begin.now = at(5);
    return core.outgoing({OutgoingRequest::By::Http, "GET", url, {}}, begin);
  }

  std::uint32_t lost(Text reason, Text category) {
    for (const Loss& loss : core.losses().all()) {
      if (Text{loss.reason} == reason && Text{loss.category} == category) return loss.quantity;
    }
    return 0;
  }

  FixedRandom random;
  Settings settings;
  Server core{random};
};

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

TEST_F(Serving, AStateTextThatIsNoneOpensNothing) {
  for (const char* text : {"", "x", "aaaa\n\n", "\n\n\n\n\n\n\n"}) {
    EXPECT_EQ(core.enter_scope(text), kNoHandle) << text;
  }
}

}  // namespace
}  // namespace throughline
