#include "throughline/request/http_status.h"

#include <gtest/gtest.h>

// Single codes are rows of tests/cases/http-status.json.
namespace throughline {
namespace {

TEST(SpanStatusOfHttp, HasNoMessageWhenItIsOk) {
  EXPECT_EQ(span_status_of_http(204).code, StatusCode::Ok);
  EXPECT_EQ(span_status_of_http(204).message, "");
}

TEST(SpanStatusOfHttp, NamesTheError) {
  EXPECT_EQ(span_status_of_http(404).code, StatusCode::Error);
  EXPECT_EQ(span_status_of_http(404).message, "not_found");
}

TEST(SpanStatusOfHttp, IsAnErrorForCodesThatHttpDoesNotHave) {
  for (const int code : {-1, 0, 99, 600}) {
    EXPECT_EQ(span_status_of_http(code).message, "internal_error") << code;
  }
}

}  // namespace
}  // namespace throughline
