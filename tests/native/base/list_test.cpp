#include "throughline/base/list.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

namespace throughline {
namespace {

List<int> list_of(std::initializer_list<int> items) {
  List<int> list;
  for (const int item : items) list.push_back(item);
  return list;
}

std::string joined(const List<int>& list) {
  std::string all;
  for (const int item : list) all.append(std::to_string(item)).append(" ");
  return all;
}

TEST(List, KeepsItemsInTheirOrderHoweverMany) {
  List<int> list;
  for (int i = 0; i < 1000; ++i) list.push_back(i);
  ASSERT_EQ(list.size(), 1000U);
  for (std::size_t i = 0; i < 1000; ++i) ASSERT_EQ(list[i], static_cast<int>(i));
}

TEST(List, MayTakeAnItemOfItsOwn) {
  List<int> list = list_of({1, 2, 3, 4});
  list.push_back(list[0]);
  EXPECT_EQ(joined(list), "1 2 3 4 1 ");
}

TEST(List, ClosesTheGapOfAnErasedItem) {
  List<int> list = list_of({1, 2, 3});
  list.erase_at(1);
  EXPECT_EQ(joined(list), "1 3 ");
  list.erase_at(1);
  EXPECT_EQ(joined(list), "1 ");
  list.erase_at(0);
  EXPECT_TRUE(list.empty());
}

TEST(List, ErasesTheLastOfEqualItems) {
  List<int> list = list_of({1, 2, 1, 3});
  erase(list, 1);
  EXPECT_EQ(joined(list), "1 2 3 ");
  erase(list, 7);
  EXPECT_EQ(joined(list), "1 2 3 ");
}

TEST(List, IsEmptyOnceItWasMovedFrom) {
  List<int> from = list_of({1, 2});
  const List<int> to = std::move(from);
  EXPECT_EQ(joined(to), "1 2 ");
  EXPECT_TRUE(from.empty());
}

TEST(List, TakesOverTheItemsOfAnotherOne) {
  List<int> list = list_of({1});
  list = list_of({2, 3});
  EXPECT_EQ(joined(list), "2 3 ");
}

TEST(List, CanBeUsedAgainOnceCleared) {
  List<int> list = list_of({1, 2});
  list.clear();
  list.push_back(3);
  EXPECT_EQ(joined(list), "3 ");
}

}  // namespace
}  // namespace throughline
