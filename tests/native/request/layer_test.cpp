#include "throughline/request/layer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/serving.h"

// Routes and layers of Express (server.md sections 6.2 and 6.3).
namespace throughline {
namespace {

std::string joined(Text paths, LayerType type = LayerType::Handler) {
  return std::string{route_of({type, paths, {}})};
}

TEST(Route, IsWhatWasRegisteredOnTheWay) {
  EXPECT_EQ(joined("/api\n/v1\n/users/:id\n"), "/api/v1/users/:id");
  EXPECT_EQ(joined("/m1,/m2\n/:id\n"), "/m1,/m2/:id");
  EXPECT_EQ(joined("/^\\/re(gex)?$/\n"), "/^\\/re(gex)?$/");
}

TEST(Route, LeavesOutMountsThatSayNothing) {
  EXPECT_EQ(joined("/\n/sub\n/\n"), "/sub");
  EXPECT_EQ(joined("/*\n/sub\n"), "/sub");
}

TEST(Route, HasNoDoubleSlashes) {
  EXPECT_EQ(joined("/api/\n/users\n"), "/api/users");
  EXPECT_EQ(joined("//a///b\n"), "/a/b");
}

TEST(Route, OfAHandlerAtTheRootIsItsPath) {
  EXPECT_EQ(joined("/\n"), "/");
  EXPECT_EQ(joined("/\n/*\n"), "/*");
}

TEST(Route, OfOtherLayersAtTheRootIsNotKnown) {
  EXPECT_EQ(joined("/\n", LayerType::Middleware), "");
  EXPECT_EQ(joined("/\n/\n", LayerType::Router), "");
  EXPECT_EQ(joined("", LayerType::Handler), "");
}

TEST(LayerName, IsThatOfTheFunctionTheMountOrTheRoute) {
  const auto name = [](const Layer& layer) {
    return std::string{layer_name(layer, route_of(layer))};
  };
  EXPECT_EQ(name({LayerType::Middleware, "/api\n", "auth"}), "auth");
  EXPECT_EQ(name({LayerType::Middleware, "/api\n", {}}), "<anonymous>");
  EXPECT_EQ(name({LayerType::Router, "/api\n/v1\n", "router"}), "/v1");
  EXPECT_EQ(name({LayerType::Handler, "/api\n/v1\n", "handle"}), "/api/v1");
}

struct Layers : Serving {
  Layers() : scope(open({}, {})), root(start(scope)) {}

  StartedSpan enter(const Layer& layer, Handle above, bool wanted = true) {
    return core.enter_layer({scope, above}, layer, wanted, at(1));
  }

  // The response is finished after 5 ms, the connection closed after 10.
  nlohmann::json answered(int status = 200, bool finished = true) {
    ResponseEnd response;
    response.status = status;
    if (finished) response.finished = at(5);
    core.end_incoming(root.handle, response, at(10));
    return take();
  }

  const Layer auth{LayerType::Middleware, "/\n", "auth"};
  const Layer users{LayerType::Handler, "/users/:id\n", {}};
  Handle scope;
  StartedSpan root;
};

TEST_F(Layers, AreSpansByTheRulesOfExpress) {
  enter(users, root.handle);
  const nlohmann::json span = answered()["spans"][0];
  EXPECT_EQ(span["description"], "/users/:id");
  EXPECT_EQ(span["op"], "request_handler.express");
  EXPECT_EQ(span["origin"], "auto.http.express");
  EXPECT_EQ(span["data"]["express.type"], "request_handler");
  EXPECT_EQ(span["data"]["express.name"], "/users/:id");
  EXPECT_EQ(span["data"]["http.route"], "/users/:id");
}

TEST_F(Layers, NameTheRequestAtOnce) {
  enter(users, root.handle);
  EXPECT_NE(std::string{core.header_texts_at({scope, root.handle}).baggage}.find(
                "sentry-transaction=GET%20%2Fusers%2F%3Aid"),
            std::string::npos);
}

TEST_F(Layers, WithoutARouteLeaveTheNameAsItIs) {
  enter(auth, root.handle);
  const nlohmann::json sent = answered();
  EXPECT_EQ(sent["transaction"], "GET /users/7");
  EXPECT_FALSE(sent["contexts"]["trace"]["data"].contains("http.route"));
  EXPECT_FALSE(sent["spans"][0]["data"].contains("http.route"));
}

TEST_F(Layers, EndWhenTheyHandTheRequestOn) {
  core.leave_layer(enter(auth, root.handle).handle, std::nullopt, at(2));
  const nlohmann::json span = answered()["spans"][0];
  EXPECT_EQ(span["status"], "ok");
  EXPECT_NEAR(span["timestamp"].get<double>() - span["start_timestamp"].get<double>(), 0.001, 1e-4);
}

TEST_F(Layers, ThatAnswerEndWithTheResponse) {
  enter(users, root.handle);
  const nlohmann::json span = answered()["spans"][0];
  EXPECT_EQ(span["status"], "ok");
  EXPECT_NEAR(span["timestamp"].get<double>() - span["start_timestamp"].get<double>(), 0.004, 1e-4);
}

TEST_F(Layers, OfAResponseThatBrokeOffAreCancelled) {
  const StartedSpan layer = enter(users, root.handle);
  SpanStart own;
  own.name = "own";
  core.start_span({scope, layer.handle}, own, at(2));
  const nlohmann::json sent = answered(200, false);
  EXPECT_EQ(sent["spans"][0]["status"], "cancelled");
  EXPECT_EQ(sent["contexts"]["trace"]["status"], "ok");
}

TEST_F(Layers, ThatFailSayWhy) {
  core.leave_layer(enter(users, root.handle).handle, Text{"boom"}, at(2));
  EXPECT_EQ(answered(500)["spans"][0]["status"], "boom");
}

TEST_F(Layers, ThatFailWithoutAWordHaveTheUsualOne) {
  core.leave_layer(enter(users, root.handle).handle, Text{}, at(2));
  EXPECT_EQ(answered(500)["spans"][0]["status"], "internal_error");
}

TEST_F(Layers, KeepAStatusThatUserCodeGave) {
  const StartedSpan layer = enter(users, root.handle);
  core.tracer().set_status(*core.tracer().store().find(layer.handle), StatusCode::Error, "mine");
  core.leave_layer(layer.handle, std::nullopt, at(2));
  EXPECT_EQ(answered()["spans"][0]["status"], "mine");
}

TEST_F(Layers, ThatAreNotWantedNameTheRequestAllTheSame) {
  EXPECT_EQ(enter(users, root.handle, false).handle, kNoHandle);
  const nlohmann::json sent = answered();
  EXPECT_EQ(sent["transaction"], "GET /users/:id");
  EXPECT_TRUE(sent["spans"].empty());
}

TEST_F(Layers, BelowNoSpanAreNone) {
  const Handle other = open({}, {});
  EXPECT_EQ(core.enter_layer({other}, users, true, at(1)).handle, kNoHandle);
}

TEST_F(Layers, BelowAnUnsampledRequestHaveNoSpanButARoute) {
  const Handle other = open("cccccccccccccccccccccccccccccccc-bbbbbbbbbbbbbbbb-0", {});
  const StartedSpan unsampled = start(other);
  EXPECT_EQ(core.enter_layer({other, unsampled.handle}, users, true, at(1)).handle, kNoHandle);
  const SpanRecord* record = core.tracer().store().find(unsampled.handle);
  EXPECT_EQ(std::string{record->name}, "GET /users/:id");
}

}  // namespace
}  // namespace throughline
