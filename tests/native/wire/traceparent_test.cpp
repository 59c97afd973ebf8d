#include "throughline/wire/traceparent.h"

#include <gtest/gtest.h>

// The rules of the W3C are rows of tests/cases/traceparent.json.
namespace throughline {
namespace {

const std::string kIds = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";

TEST(ParseTraceparent, RefusesEveryProperPrefix) {
  const std::string whole = "01" + kIds + "01";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_traceparent(whole.substr(0, size))) << size;
  }
}

TEST(ParseTraceparent, ReadsFlagsAsBits) {
  EXPECT_FALSE(parse_traceparent("00" + kIds + "fe")->sampled());
  EXPECT_TRUE(parse_traceparent("00" + kIds + "fe")->random());
}

TEST(ParseTraceparent, RefusesTwoJoinedHeadersOfALaterVersion) {
  EXPECT_TRUE(parse_traceparent("cc" + kIds + "01-what-the-future-brings"));
  EXPECT_FALSE(parse_traceparent("cc" + kIds + "01-x, cc" + kIds + "01-x"));
}

TEST(FormatTraceparent, CopiesTheRandomBit) {
  const std::optional<Traceparent> parent = parse_traceparent("cc" + kIds + "ff");
  ASSERT_TRUE(parent);
  EXPECT_EQ(format_traceparent(parent->trace_id, parent->parent_id, false, parent->random()),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02");
}

}  // namespace
}  // namespace throughline
