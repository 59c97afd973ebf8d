#include "throughline/export/span_json.h"

#include <gtest/gtest.h>

#include <string>

#include "support/tracing.h"

namespace throughline {
namespace {

struct SpanJson : Tracing {
  std::string of(const StartedSpan& span) {
    String text;
    JsonWriter json(text);
    write_span(json, *find(span));
    return text;
  }
};

TEST_F(SpanJson, OfAnOpenSpanHasNoEnd) {
  const StartedSpan root = start({.name = "root"});
  EXPECT_EQ(of(start({.name = "child"}, root.handle)),
            R"({"trace_id":"0123456789ab4defbedcba9876543210","span_id":"8000000000000002",)"
            R"("parent_span_id":"8000000000000001","origin":"manual",)"
            R"("data":{"sentry.origin":"manual"},"description":"child",)"
            R"("start_timestamp":1700000000})");
}

TEST_F(SpanJson, LiftsOutTheOperation) {
  const AttributeInput given[] = {{"sentry.op", AttributeValue::of("task")}};
  const std::string text = of(start({.name = "root", .attributes = given}));
  EXPECT_NE(text.find(R"("op":"task")"), std::string::npos);
  EXPECT_NE(text.find(R"("sentry.op":"task")"), std::string::npos);
}

TEST_F(SpanJson, TellsTheStatusOnceItIsSet) {
  const StartedSpan root = start({.name = "root"});
  const auto status = [&](StatusCode code, std::string_view message) {
    tracer.set_status(*find(root), code, message);
    const std::string text = of(root);
    const std::size_t at = text.find("\"status\":\"");
    if (at == std::string::npos) return std::string{"none"};
    return text.substr(at + 10, text.find('"', at + 10) - at - 10);
  };
  EXPECT_EQ(status(StatusCode::Unset, ""), "none");
  EXPECT_EQ(status(StatusCode::Ok, "ignored"), "ok");
  EXPECT_EQ(status(StatusCode::Error, ""), "internal_error");
  EXPECT_EQ(status(StatusCode::Error, "my problem"), "my problem");
}

TEST_F(SpanJson, HasAnEmptyNameWhereThereIsNone) {
  EXPECT_NE(of(start({.name = ""})).find(R"("description":"")"), std::string::npos);
}

}  // namespace
}  // namespace throughline
