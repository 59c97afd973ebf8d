#include "throughline/id/handle_table.h"

#include <gtest/gtest.h>

#include <set>

namespace throughline {
namespace {

constexpr Handle kIndexBits = (1U << 20) - 1;
constexpr int kGenerations = 1 << 12;

Handle index_of(Handle handle) { return handle & kIndexBits; }

TEST(HandleTable, FindsWhatWasAdded) {
  HandleTable<char> table;
  const Handle a = table.add('a');
  const Handle b = table.add('b');
  ASSERT_NE(table.find(a), nullptr);
  EXPECT_EQ(*table.find(a), 'a');
  EXPECT_EQ(*table.find(b), 'b');
}

TEST(HandleTable, FindsNothingForNoHandle) {
  HandleTable<int> table;
  table.add(1);
  EXPECT_EQ(table.find(kNoHandle), nullptr);
}

TEST(HandleTable, FindsNothingForNumbersThatWereNeverHandedOut) {
  HandleTable<int> table;
  const Handle handle = table.add(1);
  for (const Handle garbage : {handle + 1, kIndexBits, ~Handle{0}, Handle{1} << 20}) {
    EXPECT_EQ(table.find(garbage), nullptr) << garbage;
  }
}

TEST(HandleTable, FindsNothingForAHandleGivenBack) {
  HandleTable<int> table;
  const Handle handle = table.add(1);
  table.remove(handle);
  EXPECT_EQ(table.find(handle), nullptr);
}

TEST(HandleTable, FindsNothingForAHandleWhosePlaceIsUsedAgain) {
  HandleTable<int> table;
  const Handle stale = table.add(1);
  table.remove(stale);
  ASSERT_EQ(index_of(table.add(2)), index_of(stale));
  EXPECT_EQ(table.find(stale), nullptr);
}

TEST(HandleTable, DoesNotRemoveByAStaleHandle) {
  HandleTable<int> table;
  const Handle stale = table.add(1);
  table.remove(stale);
  const Handle fresh = table.add(2);
  table.remove(stale);
  EXPECT_NE(table.find(fresh), nullptr);
}

TEST(HandleTable, UsesThePlaceThatIsFreeForLongestFirst) {
  HandleTable<int> table;
  const Handle a = table.add(1);
  const Handle b = table.add(2);
  const Handle c = table.add(3);
  for (const Handle handle : {b, a, c}) table.remove(handle);
  EXPECT_EQ(index_of(table.add(4)), index_of(b));
  EXPECT_EQ(index_of(table.add(5)), index_of(a));
  EXPECT_EQ(index_of(table.add(6)), index_of(c));
}

TEST(HandleTable, MakesANewPlaceWhenNoneIsFree) {
  HandleTable<int> table;
  const Handle a = table.add(1);
  table.remove(a);
  table.add(2);
  EXPECT_NE(index_of(table.add(3)), index_of(a));
}

TEST(HandleTable, RepeatsAHandleOnlyAfterAllGenerations) {
  HandleTable<int> table;
  std::set<Handle> seen;
  for (int i = 0; i < kGenerations; ++i) {
    const Handle handle = table.add(i);
    ASSERT_NE(handle, kNoHandle);
    ASSERT_TRUE(seen.insert(handle).second) << i;
    table.remove(handle);
  }
  EXPECT_TRUE(seen.contains(table.add(0)));
}

TEST(HandleTable, VisitsOnlyWhatIsInUse) {
  HandleTable<int> table;
  table.add(1);
  table.remove(table.add(2));
  table.add(4);
  int sum = 0;
  table.each([&sum](int value) { sum += value; });
  EXPECT_EQ(sum, 5);
}

TEST(HandleTable, GivesNoHandleOnceIndicesHaveRunOut) {
  HandleTable<char> table;
  for (Handle i = 0; i < kIndexBits; ++i) ASSERT_NE(table.add('x'), kNoHandle);
  EXPECT_EQ(table.add('x'), kNoHandle);
}

}  // namespace
}  // namespace throughline
