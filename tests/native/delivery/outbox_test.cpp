#include "throughline/delivery/outbox.h"

#include <gtest/gtest.h>

#include <vector>

#include "throughline/config/options.h"

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

  // Whether one more of that size may outlive the page.
  bool weighed(std::size_t bytes) { return outbox.weigh(outbox.add("transaction"), bytes); }

  LossCounts losses;
  ClientOptions options;
  Outbox outbox{losses, options, HostTraits{}.pending};
};

TEST_F(Sending, NumbersEachRequest) {
  const std::uint32_t first = outbox.add("transaction");
  EXPECT_NE(first, 0U);
  EXPECT_NE(outbox.add("transaction"), first);
}

TEST_F(Sending, OutlivesThePageUpTo60000BytesInFlight) {
  EXPECT_TRUE(weighed(kMaxKeepaliveBytes));
  EXPECT_FALSE(weighed(1));
}

TEST_F(Sending, OutlivesThePageAgainOnceThereIsRoom) {
  const std::uint32_t large = outbox.add("transaction");
  EXPECT_TRUE(outbox.weigh(large, kMaxKeepaliveBytes));
  outbox.settled(large, 200);
  EXPECT_TRUE(weighed(kMaxKeepaliveBytes));
}

TEST_F(Sending, OutlivesThePageUpToFourteenRequestsInFlight) {
  for (int i = 0; i < 14; ++i) EXPECT_TRUE(weighed(1)) << i;
  EXPECT_FALSE(weighed(1));
}

TEST_F(Sending, HasRoomForFortyRequestsInFlight) {
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(outbox.has_room("transaction")) << i;
    outbox.add("transaction");
  }
  EXPECT_FALSE(outbox.has_room("transaction"));
  EXPECT_EQ(lost("queue_overflow", "transaction"), 1U);
}

TEST_F(Sending, HasRoomForAsManyAsTheOptionsSay) {
  options.buffer_size = 2;
  outbox.add("transaction");
  EXPECT_TRUE(outbox.has_room("transaction"));
  outbox.add("transaction");
  EXPECT_FALSE(outbox.has_room("transaction"));
  EXPECT_EQ(lost("queue_overflow", "transaction"), 1U);
}

TEST_F(Sending, HasNoRoomWhereTheOptionsLeaveNone) {
  options.buffer_size = 0;
  EXPECT_FALSE(outbox.has_room("transaction"));
}

TEST_F(Sending, DoesNotCountAReportThatFoundNoRoom) {
  for (int i = 0; i < 40; ++i) outbox.add("transaction");
  EXPECT_FALSE(outbox.has_room({}));
  EXPECT_TRUE(losses.empty());
}

TEST_F(Sending, HasRoomAgainOnceARequestIsSettled) {
  std::vector<std::uint32_t> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(outbox.add("transaction"));
  outbox.settled(ids[20], 200);
  EXPECT_TRUE(outbox.has_room("transaction"));
}

TEST_F(Sending, CountsARequestWithoutAResponse) {
  outbox.settled(outbox.add("transaction"), 0);
  EXPECT_EQ(lost("network_error", "transaction"), 1U);
}

TEST_F(Sending, CountsARequestThatWasTooLarge) {
  outbox.settled(outbox.add("transaction"), 413);
  EXPECT_EQ(lost("send_error", "transaction"), 1U);
}

TEST_F(Sending, TakesOtherStatusesForSuccess) {
  for (const int status : {200, 400, 429, 500}) {
    outbox.settled(outbox.add("transaction"), status);
  }
  EXPECT_TRUE(losses.empty());
}

TEST_F(Sending, DoesNotCountALostReport) {
  outbox.settled(outbox.add({}), 0);
  EXPECT_TRUE(losses.empty());
}

TEST_F(Sending, SettlesARequestOnce) {
  const std::uint32_t id = outbox.add("transaction");
  outbox.settled(id, 0);
  outbox.settled(id, 0);
  EXPECT_EQ(lost("network_error", "transaction"), 1U);
}

TEST_F(Sending, IsNotDisturbedByNumbersItDoesNotKnow) {
  outbox.add("transaction");
  outbox.settled(99, 0);
  EXPECT_TRUE(losses.empty());
  EXPECT_FALSE(outbox.empty());
}

}  // namespace
}  // namespace throughline
