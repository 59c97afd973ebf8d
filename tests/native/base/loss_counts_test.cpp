#include "throughline/base/loss_counts.h"

#include <gtest/gtest.h>

#include <string>

namespace throughline {
namespace {

TEST(LossCounts, AddUpByReasonAndCategory) {
  LossCounts losses;
  losses.add("invalid", "span", 2);
  losses.add("invalid", "transaction");
  losses.add("invalid", "span");
  ASSERT_EQ(losses.all().size(), 2U);
  EXPECT_EQ(losses.all()[0].quantity, 3U);
  EXPECT_EQ(losses.all()[1].quantity, 1U);
}

TEST(LossCounts, DoNotListWhatWasLostZeroTimes) {
  LossCounts losses;
  losses.add("invalid", "span", 0);
  EXPECT_TRUE(losses.empty());
}

TEST(LossCounts, KeepTheNamesThatOthersGive) {
  LossCounts losses;
  std::string reason = "ratelimit_backoff";
  losses.add_named(reason, "span", 2);
  reason.assign(reason.size(), '-');
  losses.add("ratelimit_backoff", "span");
  ASSERT_EQ(losses.all().size(), 1U);
  EXPECT_EQ(losses.all()[0].reason, "ratelimit_backoff");
  EXPECT_EQ(losses.all()[0].quantity, 3U);
}

TEST(LossCounts, AreGoneOnceCleared) {
  LossCounts losses;
  losses.add("invalid", "span");
  losses.clear();
  EXPECT_TRUE(losses.empty());
}

}  // namespace
}  // namespace throughline
