#include <gtest/gtest.h>

#include <string>

#include "support/time.h"
#include "throughline/span/span_store.h"

// each_in_tree_order of span_record.h.
namespace throughline {
namespace {

struct TreeOrder : testing::Test {
  SpanRecord& add(SpanRecord& parent, std::string_view name, int start = 0) {
    SpanRecord* child = store.add_child(root, parent, at(start));
    child->name = name;
    return *child;
  }

  std::string order() {
    std::string names;
    each_in_tree_order(root, [&names](const SpanRecord& span) { names.append(span.name); });
    return names;
  }

  LossCounts losses;
  SpanStore store{losses, std::size_t{64} << 20};
  Root& root = *store.add_root("root");
};

TEST_F(TreeOrder, IsEmptyWithoutChildren) { EXPECT_EQ(order(), ""); }

TEST_F(TreeOrder, NamesAChildBeforeItsOwnChildren) {
  SpanRecord& a = add(root.span, "a");
  SpanRecord& e = add(root.span, "e");
  SpanRecord& b = add(a, "b");
  add(e, "f");
  add(b, "c");
  add(a, "d");
  EXPECT_EQ(order(), "abcdef");
}

TEST_F(TreeOrder, NamesSiblingsInTheOrderInWhichTheyBeganWhateverTheirStartTimes) {
  add(root.span, "a", 5);
  add(root.span, "b", 1);
  add(root.span, "c", 3);
  EXPECT_EQ(order(), "abc");
}

TEST_F(TreeOrder, IsTheSameWhenAskedAgain) {
  add(add(root.span, "a"), "b");
  add(root.span, "c");
  EXPECT_EQ(order(), "abc");
  EXPECT_EQ(order(), "abc");
}

TEST_F(TreeOrder, TakesUpAChildThatCameAfterItWasAsked) {
  SpanRecord& a = add(root.span, "a");
  add(root.span, "c");
  order();
  add(a, "b");
  EXPECT_EQ(order(), "abc");
}

TEST_F(TreeOrder, PutsTheChildrenOfARemovedOneWhereTheyWere) {
  SpanRecord& a = add(root.span, "a");
  add(root.span, "z");
  SpanRecord& gone = add(a, "gone");
  add(gone, "b");
  add(a, "c");
  store.finish_child(gone, at(9));
  store.remove_child(gone);
  EXPECT_EQ(order(), "abcz");
}

TEST_F(TreeOrder, GoesAThousandLevelsDown) {
  SpanRecord* parent = &root.span;
  std::string expected;
  for (std::size_t i = 0; i < 1000; ++i) {
    const std::string_view name = std::string_view{"abcdefghij"}.substr(i % 10, 1);
    expected.append(name);
    parent = &add(*parent, name);
  }
  EXPECT_EQ(order(), expected);
}

TEST_F(TreeOrder, NeedsNoStackForATreeThatIsDeeperStill) {
  SpanRecord* parent = &root.span;
  for (int i = 0; i < 200000; ++i) parent = &add(*parent, "x");
  EXPECT_EQ(order().size(), 200000U);
}

TEST_F(TreeOrder, ComesBackUpFromTheDepth) {
  SpanRecord& a = add(root.span, "a");
  SpanRecord* parent = &a;
  for (int i = 0; i < 1000; ++i) parent = &add(*parent, "x");
  add(a, "y");
  add(root.span, "z");
  EXPECT_EQ(order(), "a" + std::string(1000, 'x') + "yz");
}

}  // namespace
}  // namespace throughline
