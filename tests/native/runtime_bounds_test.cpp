#include "support/driven_core.h"

// Whatever the page does, what is held stays bounded (design.md section 6).
namespace throughline {
namespace {

struct ManyRequests : DrivenCore {
  std::size_t held() {
    std::size_t bytes = 0;
    for (const auto& root : core.tracer().store().roots()) bytes += root->arena.bytes();
    return bytes;
  }
};

TEST_F(ManyRequests, OfOneRouteCostNoMemoryBeyondTheThousandth) {
  load();
  for (int i = 0; i < 1000; ++i) whole_request(100 + i);
  const std::size_t after_thousand = held();
  for (int i = 1000; i < 3000; ++i) whole_request(100 + i);
  EXPECT_EQ(held(), after_thousand);
}

TEST_F(ManyRequests, OfOneRouteAreCountedBeyondTheThousandth) {
  load();
  for (int i = 0; i < 3000; ++i) whole_request(100 + i);
  run_until(60000);
  EXPECT_EQ(transaction(60000).payload["spans"].size(), 1000U);
  EXPECT_EQ(lost("buffer_overflow", "span"), 2000U);
}

TEST_F(ManyRequests, OfOneRouteCarryHeadersBeyondTheThousandth) {
  load();
  for (int i = 0; i < 1500; ++i) whole_request(100 + i);
  const RequestAnswer answer = request(2000);
  EXPECT_TRUE(answer.attach);
  EXPECT_FALSE(answer.span_id.is_zero());
  EXPECT_EQ(answer.span, kNoHandle);
}

TEST_F(ManyRequests, AtOnceKeepTheEarliestThousand) {
  load();
  std::vector<Handle> open;
  for (int i = 0; i < 3000; ++i) open.push_back(request(100 + i / 100.0).span);
  for (auto it = open.rbegin(); it != open.rend(); ++it) core.response(*it, 200, 0, at(500));
  run_until(60000);
  const Sent sent = transaction(60000);
  ASSERT_EQ(sent.payload["spans"].size(), 1000U);
  EXPECT_EQ(ms(sent.payload["spans"][999]["start_timestamp"]), 109.99);
  EXPECT_EQ(lost("buffer_overflow", "span"), 2000U);
}

TEST_F(ManyRequests, ThatAreOpenAtTheEndKeepTheEarliestThousand) {
  load();
  for (int i = 0; i < 3000; ++i) request(100 + i / 100.0);
  end(active(), 5000);
  EXPECT_EQ(transaction(5000).payload["spans"].size(), 1000U);
  EXPECT_EQ(lost("buffer_overflow", "span"), 2000U);
}

TEST_F(ManyRequests, NeverTakeMoreThanTheMemoryForSpans) {
  load();
  const std::string url = "/" + std::string(2000, 'x');
  for (int i = 0; i < 3000; ++i) request(100 + i, url);
  EXPECT_LE(held(), HostTraits{}.span_bytes + 16384);
  EXPECT_GT(lost("buffer_overflow", "span"), 0U);
}

TEST_F(ManyRequests, LeaveNothingBehindOnceTheirRoutesWereTaken) {
  load();
  for (int route = 0; route < 10; ++route) {
    const double start = 10000.0 * (route + 1);
    go("https://app.example.com/" + std::to_string(route), start);
    for (int i = 0; i < 200; ++i) whole_request(start + i);
    run_until(start + 9000);
    take(start + 9000);
  }
  EXPECT_TRUE(core.tracer().store().roots().empty());
  EXPECT_EQ(core.deadline(), std::nullopt);
}

TEST_F(ManyRequests, WithAttributesOfTheApplicationStayWithinTheMemoryForSpans) {
  const std::string text(10000, 'x');
  for (int i = 0; i < 40; ++i) span("root", i);
  for (Root* root : core.tracer().store().roots()) {
    for (int key = 0; key < 100; ++key) {
      core.tracer().set_attribute(root->span, std::to_string(key), AttributeValue::of(text));
    }
  }
  EXPECT_LE(held(), HostTraits{}.span_bytes + 16384);
}

struct RootsThatAreNeverTaken : ManyRequests {};

TEST_F(RootsThatAreNeverTaken, StayWithinTheMemoryForSpans) {
  const std::string name(2000, 'x');
  for (int i = 0; i < 5000; ++i) end(span(name, i), i + 1);
  EXPECT_LE(held(), HostTraits{}.span_bytes + 16384);
  EXPECT_GT(lost("buffer_overflow", "transaction"), 0U);
}

struct UnsampledRootsThatAreNeverTaken : RootsThatAreNeverTaken {};

TEST_F(UnsampledRootsThatAreNeverTaken, StayWithinTheMemoryForSpans) {
  settings.client.traces_sample_rate = 0;
  configure();
  for (int i = 0; i < 10000; ++i) end(span("root", i), i + 1);
  EXPECT_LE(held(), HostTraits{}.span_bytes + 16384);
}

}  // namespace
}  // namespace throughline
