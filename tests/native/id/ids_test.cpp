#include "throughline/id/ids.h"

#include <gtest/gtest.h>

#include "support/fixed_random.h"

namespace throughline {
namespace {

constexpr std::uint64_t kOnes = 0xFFFFFFFFFFFFFFFF;

TEST(MakeTraceId, HasTheLayoutOfAVersion4Uuid) {
  FixedRandom ones({kOnes, kOnes});
  EXPECT_EQ(to_hex(make_trace_id(ones)), "ffffffffffff4fffbfffffffffffffff");
}

TEST(MakeTraceId, IsNotZeroWhateverTheRandomBytes) {
  FixedRandom zeros({0, 0});
  EXPECT_EQ(to_hex(make_trace_id(zeros)), "00000000000040008000000000000000");
}

TEST(MakeEventId, HasTheSameLayout) {
  FixedRandom random({0x0123456789ABCDEF, 0xFEDCBA9876543210});
  EXPECT_EQ(to_hex(make_event_id(random)), "0123456789ab4defbedcba9876543210");
}

TEST(MakeSpanId, IsTheSecondHalfOfSuchAUuid) {
  FixedRandom random({0, kOnes});
  EXPECT_EQ(to_hex(make_span_id(random)), "8000000000000000");
  EXPECT_EQ(to_hex(make_span_id(random)), "bfffffffffffffff");
}

TEST(ParseTraceId, ReadsWhatIsWritten) {
  const std::string text = "0123456789abcdeffedcba9876543210";
  const std::optional<TraceId> id = parse_trace_id(text);
  ASSERT_TRUE(id);
  EXPECT_EQ(to_hex(*id), text);
}

TEST(ParseTraceId, ReadsZerosAsTheZeroId) {
  const std::optional<TraceId> id = parse_trace_id(std::string(32, '0'));
  ASSERT_TRUE(id);
  EXPECT_TRUE(id->is_zero());
}

TEST(ParseTraceId, RefusesOtherLengths) {
  for (const std::size_t size : {0U, 1U, 31U, 33U, 64U}) {
    EXPECT_FALSE(parse_trace_id(std::string(size, 'a'))) << size;
  }
}

TEST(ParseSpanId, RefusesUpperCaseAndOtherCharacters) {
  EXPECT_TRUE(parse_span_id("00f067aa0ba902b7"));
  for (const char* text :
       {"00F067aa0ba902b7", "00f067aa0ba902bg", "00f067aa0ba902b ", "0x0067aa0ba902b7"}) {
    EXPECT_FALSE(parse_span_id(text)) << text;
  }
}

}  // namespace
}  // namespace throughline
