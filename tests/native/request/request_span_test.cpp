#include "throughline/request/request_span.h"

#include <gtest/gtest.h>

#include <string>

#include "support/tracing.h"

// Names and attributes of single URLs stand in tests/cases/urls.json.
namespace throughline {
namespace {

struct RequestSpan : Tracing {
  RequestSpan() {
    const StartedSpan root = start({.name = "root"});
    StartedSpan started;
    span = tracer.start_child(*find(root), at(0), started);
    span->request = &facts;
  }
  std::string attributes() const {
    String text;
    JsonWriter json(text);
    json.open_object();
    write_attributes(json, *span);
    json.close_object();
    return text;
  }
  void set(std::string_view key, std::string_view value) {
    span->attributes.set(span->root->arena, key, AttributeValue::of(value));
  }

  RequestFacts facts{"GET", "/api?q", "https://app.example.com/api?q"};
  SpanRecord* span;
};

TEST_F(RequestSpan, IsNamedByMethodAndTarget) { EXPECT_EQ(span_name(*span), "GET /api"); }

TEST_F(RequestSpan, KeepsTheNameItWasGiven) {
  span->name = "users";
  EXPECT_EQ(span_name(*span), "users");
}

TEST_F(RequestSpan, HasTheAttributesOfItsFacts) {
  EXPECT_EQ(attributes(),
            R"({"sentry.op":"http.client","sentry.origin":"auto.http.browser","type":"fetch",)"
            R"("http.method":"GET","url":"/api?q","http.url":"https://app.example.com/api?q",)"
            R"("url.full":"https://app.example.com/api?q","server.address":"app.example.com",)"
            R"("http.query":"?q"})");
}

TEST_F(RequestSpan, HasFewAttributesWhenTheUrlCouldNotBeParsed) {
  facts = {"GET", "http://", ""};
  EXPECT_EQ(attributes(),
            R"({"sentry.op":"http.client","sentry.origin":"auto.http.browser","type":"fetch",)"
            R"("http.method":"GET","url":"http://"})");
}

TEST_F(RequestSpan, TellsItsStatusOnceThereIsOne) {
  EXPECT_EQ(attributes().find("status_code"), std::string::npos);
  facts.status = 0;
  EXPECT_NE(attributes().find(R"("http.response.status_code":0)"), std::string::npos);
}

TEST_F(RequestSpan, TellsALengthThatIsKnown) {
  EXPECT_EQ(attributes().find("content_length"), std::string::npos);
  facts.content_length = 17;
  EXPECT_NE(attributes().find(R"("http.response_content_length":17)"), std::string::npos);
}

TEST_F(RequestSpan, WritesAnAttributeThatWasSetInsteadOfTheFact) {
  set("http.method", "QUERY");
  const std::string text = attributes();
  EXPECT_NE(text.find(R"("http.method":"QUERY")"), std::string::npos);
  EXPECT_EQ(text.find(R"("http.method":"GET")"), std::string::npos);
}

TEST_F(RequestSpan, WritesAttributesOfTheApplicationAfterItsOwn) {
  set("hook", "x");
  EXPECT_TRUE(attributes().ends_with(R"("http.query":"?q","hook":"x"})"));
}

TEST_F(RequestSpan, HasAnOperationAndAnOriginThatMayBeReplaced) {
  EXPECT_EQ(attribute_text(*span, "sentry.op"), "http.client");
  EXPECT_EQ(attribute_text(*span, "sentry.origin"), "auto.http.browser");
  set("sentry.op", "other");
  EXPECT_EQ(attribute_text(*span, "sentry.op"), "other");
}

TEST_F(RequestSpan, HasNoOtherAttributeToLiftOut) {
  EXPECT_EQ(attribute_text(*span, "http.method"), "");
}

}  // namespace
}  // namespace throughline
