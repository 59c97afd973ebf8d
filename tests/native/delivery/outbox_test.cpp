#include "throughline/delivery/outbox.h"

#include <gtest/gtest.h>

#include <vector>

namespace throughline {
namespace {

constexpr std::size_t kMaxKeepaliveBytes = 60000;

struct Sending : testing::Test {
  std::uint32_t lost(std::string_view reason, std::string_view category) const {
    for (const Loss& loss : losses.all()) {
      if (loss.reason == reason && loss.category == category) return loss.quantity;
    }
    return 0;
  }

  LossCounts losses;
  Outbox outbox{losses};
};

TEST_F(Sending, NumbersEachRequest) {
  const std::uint32_t first = outbox.add(1, "transaction").id;
  EXPECT_NE(first, 0U);
  EXPECT_NE(outbox.add(1, "transaction").id, first);
}

TEST_F(Sending, OutlivesThePageUpTo60000BytesInFlight) {
  EXPECT_TRUE(outbox.add(kMaxKeepaliveBytes, "transaction").keepalive);
  EXPECT_FALSE(outbox.add(1, "transaction").keepalive);
}

TEST_F(Sending, OutlivesThePageAgainOnceThereIsRoom) {
  const std::uint32_t large = outbox.add(kMaxKeepaliveBytes, "transaction").id;
  outbox.settled(large, 200);
  EXPECT_TRUE(outbox.add(kMaxKeepaliveBytes, "transaction").keepalive);
}

TEST_F(Sending, OutlivesThePageUpToFourteenRequestsInFlight) {
  for (int i = 0; i < 14; ++i) EXPECT_TRUE(outbox.add(1, "transaction").keepalive) << i;
  EXPECT_FALSE(outbox.add(1, "transaction").keepalive);
}

TEST_F(Sending, HasRoomForFortyRequestsInFlight) {
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(outbox.has_room("transaction")) << i;
    outbox.add(1, "transaction");
  }
  EXPECT_FALSE(outbox.has_room("transaction"));
  EXPECT_EQ(lost("queue_overflow", "transaction"), 1U);
}

TEST_F(Sending, DoesNotCountAReportThatFoundNoRoom) {
  for (int i = 0; i < 40; ++i) outbox.add(1, "transaction");
  EXPECT_FALSE(outbox.has_room({}));
  EXPECT_TRUE(losses.empty());
}

TEST_F(Sending, HasRoomAgainOnceARequestIsSettled) {
  std::vector<std::uint32_t> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(outbox.add(1, "transaction").id);
  outbox.settled(ids[20], 200);
  EXPECT_TRUE(outbox.has_room("transaction"));
}

TEST_F(Sending, CountsARequestWithoutAResponse) {
  outbox.settled(outbox.add(1, "transaction").id, 0);
  EXPECT_EQ(lost("network_error", "transaction"), 1U);
}

TEST_F(Sending, CountsARequestThatWasTooLarge) {
  outbox.settled(outbox.add(1, "transaction").id, 413);
  EXPECT_EQ(lost("send_error", "transaction"), 1U);
}

TEST_F(Sending, TakesOtherStatusesForSuccess) {
  for (const int status : {200, 400, 429, 500}) {
    outbox.settled(outbox.add(1, "transaction").id, status);
  }
  EXPECT_TRUE(losses.empty());
}

TEST_F(Sending, DoesNotCountALostReport) {
  outbox.settled(outbox.add(1, {}).id, 0);
  EXPECT_TRUE(losses.empty());
}

TEST_F(Sending, SettlesARequestOnce) {
  const std::uint32_t id = outbox.add(1, "transaction").id;
  outbox.settled(id, 0);
  outbox.settled(id, 0);
  EXPECT_EQ(lost("network_error", "transaction"), 1U);
}

TEST_F(Sending, IsNotDisturbedByNumbersItDoesNotKnow) {
  outbox.add(1, "transaction");
  outbox.settled(99, 0);
  EXPECT_TRUE(losses.empty());
  EXPECT_FALSE(outbox.empty());
}

}  // namespace
}  // namespace throughline
