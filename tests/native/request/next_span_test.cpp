#include "throughline/request/next_span.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/serving.h"

// Spans that Next.js starts (server.md sections 8.2 and 8.4).
namespace throughline {
namespace {

constexpr char kRequest[] = "BaseServer.handleRequest";

NextSpan request_span(Text target = "/users/7") {
  NextSpan span;
  span.name = "GET";
  span.type = kRequest;
  span.method = "GET";
  span.target = target;
  return span;
}

NextSpan module(Text segment) {
  NextSpan span;
  span.name = "resolve segment modules";
  span.type = "NextNodeServer.getLayoutOrPageModule";
  span.segment = segment;
  return span;
}

TEST(NextRoute, IsWithoutTheFileOfARouteHandler) {
  EXPECT_EQ(next_route_of("/api/users/route"), "/api/users");
  EXPECT_EQ(next_route_of("/route"), "/");
  EXPECT_EQ(next_route_of("/en-route"), "/en-route");
  EXPECT_EQ(next_route_of("/users/[id]"), "/users/[id]");
  EXPECT_EQ(next_route_of(""), "");
}

TEST(NextSpanName, OfAModuleSaysWhichOneItIs) {
  const auto name = [](Text segment) { return next_span_name(module(segment), "/users/[id]"); };
  EXPECT_EQ(name("__PAGE__"), "resolve page server component \"/users/[id]\"");
  EXPECT_EQ(name("__PAGE__?{\"a\":1}"), "resolve page server component \"/users/[id]\"");
  EXPECT_EQ(name(""), "resolve root layout server component");
  EXPECT_EQ(name("users"), "resolve layout server component \"users\"");
}

TEST(NextInternals, AreFilesOfTheBuildAndHelpersOfDevelopment) {
  EXPECT_TRUE(is_next_internal("/_next/static/chunks/a.js?x"));
  EXPECT_TRUE(is_next_internal("/shop/_next/static/a.css"));
  EXPECT_TRUE(is_next_internal("/__nextjs_original-stack-frames"));
  EXPECT_FALSE(is_next_internal("/_next/image?url=/_next/static/a.png"));
  EXPECT_FALSE(is_next_internal("/users/7"));
}

struct Next : Serving {
  Next() : scope(open()) {}

  // The span as the shim starts it, once the core said what it is; no handle: there is none.
  StartedSpan begin(const NextSpan& next, Handle above = kNoHandle) {
    const String shape = core.next_span({scope, above}, next);
    if (shape.empty()) return {};
    const auto json = nlohmann::json::parse(std::string{shape});
    const std::string name = json["name"];
    const std::string source = json["attributes"].value("sentry.source", "");
    const std::string op = json["attributes"].value("sentry.op", "");
    const AttributeInput attributes[] = {
        {"sentry.op", AttributeValue::of(op)},
        {"sentry.source", AttributeValue::of(source)},
    };
    SpanStart start;
    start.name = name;
    start.attributes = {attributes, source.empty() ? 1U : 2U};
    return core.start_span({scope, above}, start, at(0));
  }

  Handle scope;
};

TEST_F(Next, ARequestIsNamedByItsTargetUntilAPageIsFound) {
  const StartedSpan root = begin(request_span("/users/7?a=b"));
  core.end_next(root.handle, 200, at(5));
  const auto event = take();
  EXPECT_EQ(event["transaction"], "GET /users/7");
  EXPECT_EQ(event["transaction_info"]["source"], "url");
  EXPECT_EQ(event["contexts"]["trace"]["op"], "http.server");
  EXPECT_EQ(event["contexts"]["trace"]["status"], "ok");
}

TEST_F(Next, ARequestWithoutACodeHasTheStatusThatItHad) {
  const StartedSpan silent = begin(request_span());
  core.end_next(silent.handle, -1, at(5));
  EXPECT_FALSE(take()["contexts"]["trace"].contains("status"));
}

TEST_F(Next, TheFirstPageThatIsFoundNamesIt) {
  const StartedSpan root = begin(request_span());
  core.next_route(root.handle, "/users/[id]");
  core.next_route(root.handle, "/_not-found");
  core.end_next(root.handle, 200, at(5));
  const auto event = take();
  EXPECT_EQ(event["transaction"], "GET /users/[id]");
  EXPECT_EQ(event["transaction_info"]["source"], "route");
  EXPECT_EQ(event["contexts"]["trace"]["data"]["http.route"], "/users/[id]");
}

TEST_F(Next, ANameByHandStays) {
  const StartedSpan root = begin(request_span());
  SpanRecord& record = *core.tracer().store().find(root.handle);
  core.tracer().set_name(record, "mine");
  core.tracer().set_attribute(record, "sentry.source", AttributeValue::of("custom"));
  core.next_route(root.handle, "/users/[id]");
  core.end_next(root.handle, 200, at(5));
  EXPECT_EQ(take()["transaction"], "mine");
}

TEST_F(Next, AnErrorPageIsNotWhereItWent) {
  const StartedSpan root = begin(request_span());
  core.next_route(root.handle, "/_error");
  core.end_next(root.handle, 500, at(5));
  const auto event = take();
  EXPECT_EQ(event["transaction"], "GET /users/7");
  EXPECT_EQ(event["contexts"]["trace"]["status"], "internal_error");
}

TEST_F(Next, APassOfTheProxyHasItsName) {
  const StartedSpan root = begin(request_span());
  NextSpan proxy;
  proxy.name = "middleware GET";
  proxy.type = "Middleware.execute";
  const StartedSpan child = begin(proxy, root.handle);
  core.next_middleware(child.handle, "GET");
  core.tracer().end(*core.tracer().store().find(child.handle), at(2));
  core.next_route(root.handle, "/users/[id]");
  core.end_next(root.handle, 200, at(5));
  const auto event = take();
  EXPECT_EQ(event["transaction"], "middleware GET");
  EXPECT_EQ(event["spans"][0]["op"], "http.server.middleware");
}

// In the edge runtime the middleware has no span here: its pass was named by the address.
TEST_F(Next, APassOfAMiddlewareElsewhereHasItsName) {
  const StartedSpan root = begin(request_span());
  SpanRecord& record = *core.tracer().store().find(root.handle);
  core.tracer().set_attribute(record, "http.method", AttributeValue::of("GET"));
  core.tracer().set_attribute(record, "next.bubble", {AttributeType::Boolean, {}, 1});
  core.end_next(root.handle, 200, at(5));
  const auto event = take();
  EXPECT_EQ(event["transaction"], "middleware GET");
  EXPECT_EQ(event["transaction_info"]["source"], "route");
}

TEST_F(Next, APageThatIsNotThereIsDroppedAndCounted) {
  for (const char* route : {"/404", "/_not-found"}) {
    const StartedSpan root = begin(request_span());
    core.next_route(root.handle, route);
    core.end_next(root.handle, 404, at(5));
    EXPECT_EQ(take(), nullptr) << route;
  }
  EXPECT_EQ(lost("event_processor", "transaction"), 2U);
}

TEST_F(Next, WhatRunsOutsideOfRequestsIsNotRecorded) {
  NextSpan startup;
  startup.name = "load components";
  startup.type = "LoadComponents.loadComponents";
  EXPECT_EQ(begin(startup).handle, kNoHandle);
  EXPECT_EQ(begin(request_span("/_next/static/a.js")).handle, kNoHandle);
}

struct Tags : Next {
  bool has(Text route) {
    const StartedSpan root = begin(request_span());
    if (!route.empty()) core.next_route(root.handle, route);
    const bool has = core.next_has_tags({scope, root.handle});
    core.end_next(root.handle, 200, at(5));
    return has;
  }
};

TEST_F(Tags, AreOfPagesThatNobodyShares) {
  core.next_prerendered("/\n/posts/[slug]\n/posts/first");
  EXPECT_TRUE(has("/users/[id]"));
  EXPECT_TRUE(has("/posts"));
  EXPECT_FALSE(has("/"));
  EXPECT_FALSE(has("/posts/[slug]"));
  EXPECT_FALSE(has("/posts/first"));
}

TEST_F(Tags, NeedAKnownRoute) {
  core.next_prerendered("/posts/[slug]");
  EXPECT_FALSE(has(""));
  EXPECT_FALSE(core.next_has_tags({scope, kNoHandle}));
}

TEST_F(Tags, NeedToKnowWhichPagesAreShared) { EXPECT_FALSE(has("/users/[id]")); }

TEST_F(Tags, AreThereWhereNoPageIsShared) {
  core.next_prerendered("");
  EXPECT_TRUE(has("/users/[id]"));
}

TEST_F(Tags, GoByTheRouteOfWhatIsNotSampledToo) {
  settings.client.traces_sample_rate = 0;
  core.configure(settings);
  scope = open({}, {});
  core.next_prerendered("/posts/[slug]");
  EXPECT_FALSE(has("/posts/[slug]"));
  EXPECT_TRUE(has("/users/[id]"));
}

}  // namespace
}  // namespace throughline
