#include "throughline/span/span_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/time.h"

namespace throughline {
namespace {

constexpr int kKept = static_cast<int>(kMaxFinishedChildren);
constexpr std::size_t kSmall = std::size_t{64} << 10;
const UnixTime kLater = from_milliseconds(1700000100000);

struct Store : testing::Test {
  Store() : Store(std::size_t{4} << 20) {}
  explicit Store(std::size_t max_bytes) : store(losses, max_bytes) {}

  Root* root() {
    if (the_root == nullptr) the_root = store.add_root("root");
    return the_root;
  }
  SpanRecord* start(int ms) { return store.add_child(*root(), root()->span, at(ms)); }

  std::uint32_t lost(std::string_view category) const {
    for (const Loss& loss : losses.all()) {
      if (loss.reason == "buffer_overflow" && loss.category == category) return loss.quantity;
    }
    return 0;
  }

  // Starts of the finished children, in order.
  std::vector<int> finished() const {
    std::vector<int> starts;
    for (const SpanRecord* child : the_root->children) {
      if (!child->ended) continue;
      starts.push_back(static_cast<int>(to_milliseconds(child->start) - to_milliseconds(at(0))));
    }
    std::sort(starts.begin(), starts.end());
    return starts;
  }

  static std::vector<int> first_thousand() {
    std::vector<int> starts(kKept);
    for (int i = 0; i < kKept; ++i) starts[static_cast<std::size_t>(i)] = i;
    return starts;
  }

  LossCounts losses;
  SpanStore store;
  Root* the_root = nullptr;
};

TEST_F(Store, FindsTheRecordsOfARootUntilItIsRemoved) {
  const Handle root_handle = root()->span.handle;
  const Handle child_handle = start(0)->handle;
  EXPECT_NE(store.find(root_handle), nullptr);
  EXPECT_NE(store.find(child_handle), nullptr);
  store.remove_root(*root());
  EXPECT_EQ(store.find(root_handle), nullptr);
  EXPECT_EQ(store.find(child_handle), nullptr);
}

TEST_F(Store, FindsNothingBehindTheHandleOfARemovedChild) {
  const Handle handle = start(0)->handle;
  store.finish_child(*store.find(handle), kLater);
  store.remove_child(*store.find(handle));
  EXPECT_EQ(store.find(handle), nullptr);
}

TEST_F(Store, KeepsTheEarliestThousandOfChildrenThatEndInOrder) {
  for (int i = 0; i < kKept + 3; ++i) {
    if (SpanRecord* child = start(i)) store.finish_child(*child, kLater);
  }
  EXPECT_EQ(finished(), first_thousand());
  EXPECT_EQ(lost("span"), 3U);
}

TEST_F(Store, KeepsTheEarliestThousandOfChildrenThatEndInReverse) {
  std::vector<SpanRecord*> open;
  for (int i = 0; i < kKept + 3; ++i) open.push_back(start(i));
  for (auto it = open.rbegin(); it != open.rend(); ++it) store.finish_child(**it, kLater);
  EXPECT_EQ(finished(), first_thousand());
  EXPECT_EQ(lost("span"), 3U);
}

TEST_F(Store, KeepsTheEarliestThousandWhateverTheOrderOfStartsAndEnds) {
  // 7 and 11 have no divisor in common with 1013, so each number comes up once.
  constexpr int kCount = 1013;
  std::vector<SpanRecord*> open;
  for (int i = 0; i < kCount; ++i) open.push_back(start(i * 7 % kCount));
  for (std::size_t i = 0; i < kCount; ++i) store.finish_child(*open[i * 11 % kCount], kLater);
  EXPECT_EQ(finished(), first_thousand());
  EXPECT_EQ(lost("span"), 13U);
}

TEST_F(Store, LetsAChildWithAnEarlierStartTakeThePlaceOfTheLatest) {
  for (int i = 1; i <= kKept; ++i) store.finish_child(*start(i), kLater);
  SpanRecord* early = start(0);
  ASSERT_NE(early, nullptr);
  store.finish_child(*early, kLater);
  EXPECT_EQ(finished(), first_thousand());
  EXPECT_EQ(lost("span"), 1U);
}

TEST_F(Store, KeepsOfEqualStartsTheOnesThatCameFirst) {
  std::vector<SpanRecord*> open;
  for (int i = 0; i < kKept + 1; ++i) open.push_back(start(5));
  const Handle last = open.back()->handle;
  for (auto it = open.rbegin(); it != open.rend(); ++it) store.finish_child(**it, kLater);
  EXPECT_EQ(store.find(last), nullptr);
  EXPECT_EQ(root()->finished, kMaxFinishedChildren);
}

TEST_F(Store, KeepsOpenChildrenBesidesTheThousand) {
  std::vector<Handle> open;
  for (int i = 0; i < 5; ++i) open.push_back(start(2000)->handle);
  for (int i = 0; i < kKept; ++i) store.finish_child(*start(i), kLater);
  for (const Handle handle : open) EXPECT_NE(store.find(handle), nullptr);
  EXPECT_EQ(lost("span"), 0U);
}

TEST_F(Store, GivesNoRecordToAChildThatWouldBeTheFirstToGo) {
  for (int i = 0; i < kKept; ++i) store.finish_child(*start(i), kLater);
  EXPECT_EQ(start(kKept), nullptr);
  EXPECT_EQ(lost("span"), 1U);
}

TEST_F(Store, HangsTheChildrenOfARemovedOneOnItsParent) {
  SpanRecord* top = start(0);
  SpanRecord* middle = store.add_child(*root(), *top, at(1));
  middle->id.bytes[0] = 7;
  SpanRecord* leaf = store.add_child(*root(), *middle, at(2));
  store.finish_child(*middle, kLater);
  store.remove_child(*middle);
  EXPECT_EQ(leaf->parent, top);
}

TEST_F(Store, KeepsTellingWhoseTheChildrenOfARemovedOneWere) {
  SpanRecord* middle = start(0);
  middle->id.bytes[0] = 7;
  const SpanId id = middle->id;
  SpanRecord* leaf = store.add_child(*root(), *middle, at(1));
  store.finish_child(*middle, kLater);
  store.remove_child(*middle);
  EXPECT_EQ(leaf->parent_id, id);
}

struct SmallStore : Store {
  // Adds children with texts until there is no room.
  int fill() {
    int count = 0;
    while (SpanRecord* child = start(count)) {
      child->name = root()->arena.copy(std::string(1000, 'x'));
      ++count;
    }
    return count;
  }

  SmallStore() : Store(kSmall) {}
};

TEST_F(SmallStore, StaysWithinItsBound) {
  fill();
  EXPECT_LE(root()->arena.bytes(), kSmall + (std::size_t{16} << 10));
}

TEST_F(SmallStore, CountsAChildWithoutRoom) {
  fill();
  EXPECT_EQ(lost("span"), 1U);
}

TEST_F(SmallStore, KeepsWhatItHasWhenThereIsNoMoreRoom) {
  const int count = fill();
  EXPECT_EQ(root()->children.size(), static_cast<std::size_t>(count));
}

TEST_F(SmallStore, CountsARootWithoutRoomAsTransactionAndSpan) {
  fill();
  EXPECT_EQ(store.add_root("second"), nullptr);
  EXPECT_EQ(lost("transaction"), 1U);
  EXPECT_EQ(lost("span"), 2U);
}

TEST_F(SmallStore, HasRoomAgainOnceARootIsRemoved) {
  fill();
  store.remove_root(*root());
  EXPECT_NE(store.add_root("second"), nullptr);
}

TEST_F(SmallStore, SharesItsBoundAmongAllRoots) {
  int roots = 0;
  while (store.add_root("root") != nullptr) ++roots;
  EXPECT_EQ(roots, 64);
}

// Keeps two roots that were sent.
struct SentRoots : testing::Test {
  // Handle of a root that was handed over.
  Handle sent(bool held) {
    Root& root = *store.add_root("root");
    const Handle handle = root.span.handle;
    if (held) store.hold(handle);
    store.retire(root);
    return handle;
  }

  LossCounts losses;
  SpanStore store{losses, std::size_t{4} << 20, 2};
};

TEST_F(SentRoots, StayWhenSomebodyHoldsThem) {
  const Handle root = sent(true);
  EXPECT_NE(store.find(root), nullptr);
  EXPECT_TRUE(store.find(root)->root->sent);
  EXPECT_TRUE(store.roots().empty());
}

TEST_F(SentRoots, AreGoneWhenNobodyDoes) { EXPECT_EQ(store.find(sent(false)), nullptr); }

TEST_F(SentRoots, GoWhenOthersWereSent) {
  const Handle first = sent(true);
  const Handle second = sent(true);
  sent(false);
  EXPECT_NE(store.find(first), nullptr);
  const Handle third = sent(true);
  EXPECT_EQ(store.find(first), nullptr);
  EXPECT_NE(store.find(second), nullptr);
  EXPECT_NE(store.find(third), nullptr);
}

TEST_F(SentRoots, DoNotStayWhenTheyAreLarge) {
  Root& root = *store.add_root("root");
  const Handle handle = root.span.handle;
  store.hold(handle);
  root.arena.allocate(kMaxSentBytes);
  store.retire(root);
  EXPECT_EQ(store.find(handle), nullptr);
}

TEST_F(SentRoots, AreHeldForTheChildrenToo) {
  Root& root = *store.add_root("root");
  const Handle child = store.add_child(root, root.span, at(1))->handle;
  store.hold(root.span.handle);
  store.retire(root);
  EXPECT_NE(store.find(child), nullptr);
}

}  // namespace
}  // namespace throughline
